// SPDX-License-Identifier: EUPL-1.2
/** The histogram of reports per week, and the window over it: by keyboard, mouse and finger. */

import { dutchDate, dutchNumber } from "./days";
import { moveBy, moveByKey, type Handle, type Weeks, type Window } from "./weeks";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 56;
const LABELS: Record<Handle, string> = {
  first: "Eerste week",
  last: "Laatste week",
  whole: "Hele periode verschuiven",
};

function path(className: string): SVGPathElement {
  const element = document.createElementNS(SVG, "path");
  element.setAttribute("class", className);
  return element;
}

export class Slider {
  readonly #weeks: Weeks;
  readonly #track = document.createElement("div");
  readonly #bars = path("histogram-balken");
  readonly #chosen = path("histogram-gekozen");
  readonly #handles: Record<Handle, HTMLElement>;
  readonly #most = document.createElement("p");
  #window: Window;
  #counts: Uint32Array = new Uint32Array(0);
  /** Hears each step; `done` is true when it was the last of a movement. */
  onMove: (window: Window, done: boolean) => void = () => {};

  constructor(host: HTMLElement, weeks: Weeks) {
    this.#weeks = weeks;
    this.#window = { first: 0, last: weeks.count - 1 };
    this.#track.className = "histogram-baan";
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${weeks.count} ${HEIGHT}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    svg.append(this.#bars, this.#chosen);
    this.#handles = { whole: this.#handle("whole"), first: this.#handle("first"), last: this.#handle("last") };
    this.#track.append(svg, ...Object.values(this.#handles));
    this.#track.addEventListener("pointerdown", (event) => this.#jump(event));
    this.#most.className = "histogram-bijschrift";
    const ends = document.createElement("p");
    ends.className = "histogram-einden";
    for (const day of [weeks.monday(0), weeks.monday(weeks.count - 1) + 6]) {
      const end = document.createElement("span");
      end.textContent = dutchDate(day);
      ends.append(end);
    }
    host.replaceChildren(this.#most, this.#track, ends);
  }

  get window(): Window {
    return this.#window;
  }

  /** Draw these counts per week and this window. */
  show(counts: Uint32Array, window: Window): void {
    const most = counts.reduce((max, count) => Math.max(max, count), 0);
    if (counts.length !== this.#counts.length || counts.some((count, week) => count !== this.#counts[week])) {
      this.#counts = counts;
      this.#bars.setAttribute("d", this.#outline(0, counts.length - 1, most));
      this.#most.textContent = `Meldingen per week, meeste: ${dutchNumber(most)}`;
    }
    this.#window = window;
    this.#chosen.setAttribute("d", this.#outline(window.first, window.last, most));
    const percent = (week: number) => `${(week / this.#weeks.count) * 100}%`;
    this.#handles.first.style.left = percent(window.first);
    this.#handles.last.style.left = percent(window.last + 1);
    this.#handles.whole.style.left = percent(window.first);
    this.#handles.whole.style.width = percent(window.last + 1 - window.first);
    for (const handle of ["first", "last", "whole"] as const) {
      const element = this.#handles[handle];
      const [low, high] = this.#bounds(handle);
      element.setAttribute("aria-valuemin", String(low));
      element.setAttribute("aria-valuemax", String(high));
      element.setAttribute("aria-valuenow", String(handle === "last" ? window.last : window.first));
      element.setAttribute("aria-valuetext", this.#weeks.spoken(handle, window));
    }
  }

  #bounds(handle: Handle): [number, number] {
    const { first, last } = this.#window;
    const end = this.#weeks.count - 1;
    return handle === "first" ? [0, last] : handle === "last" ? [first, end] : [0, end - (last - first)];
  }

  #outline(first: number, last: number, most: number): string {
    let d = "";
    for (let week = first; week <= last; week++) {
      const high = most ? (this.#counts[week] / most) * (HEIGHT - 2) : 0;
      if (high) d += `M${week} ${HEIGHT}v${-Math.max(high, 1)}h0.86v${Math.max(high, 1)}z`;
    }
    return d;
  }

  #handle(handle: Handle): HTMLElement {
    const element = document.createElement("div");
    element.className = `histogram-greep histogram-greep--${handle}`;
    element.tabIndex = 0;
    element.setAttribute("role", "slider");
    element.setAttribute("aria-orientation", "horizontal");
    element.setAttribute("aria-label", LABELS[handle]);
    element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const moved = moveByKey(this.#window, handle, event.key, this.#weeks.count);
      if (!moved) return;
      event.preventDefault();
      this.#set(moved, true);
    });
    element.addEventListener("pointerdown", (event) => this.#drag(event, handle));
    return element;
  }

  #set(window: Window, done: boolean): void {
    const same = window.first === this.#window.first && window.last === this.#window.last;
    if (!same || done) this.onMove(window, done);
  }

  #drag(event: PointerEvent, handle: Handle): void {
    event.preventDefault();
    event.stopPropagation();
    const element = this.#handles[handle];
    element.focus();
    element.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const before = this.#window;
    const aWeek = this.#track.clientWidth / this.#weeks.count;
    const move = ({ clientX }: PointerEvent, done: boolean) =>
      this.#set(moveBy(before, handle, Math.round((clientX - from) / aWeek), this.#weeks.count), done);
    const onMove = (next: PointerEvent) => move(next, false);
    const onEnd = (next: PointerEvent) => {
      element.removeEventListener("pointermove", onMove);
      for (const name of ["pointerup", "pointercancel"] as const) element.removeEventListener(name, onEnd);
      move(next, true);
    };
    element.addEventListener("pointermove", onMove);
    for (const name of ["pointerup", "pointercancel"] as const) element.addEventListener(name, onEnd);
  }

  /** A press beside the window brings its nearest end there. */
  #jump(event: PointerEvent): void {
    const { left, width } = this.#track.getBoundingClientRect();
    const week = Math.floor(((event.clientX - left) / width) * this.#weeks.count);
    const { first, last } = this.#window;
    if (week < first) this.#set({ first: Math.max(week, 0), last }, true);
    else if (week > last) this.#set({ first, last: Math.min(week, this.#weeks.count - 1) }, true);
  }
}
