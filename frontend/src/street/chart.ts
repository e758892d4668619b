// SPDX-License-Identifier: EUPL-1.2
// The drawn map: make it larger or smaller, shift it, and touch a square. The squares are those of the town's grid.

export interface Cell {
  name: string;
  column: number;
  row: number; // from the north
}

const FARTHEST = 8; // times as large
const A_TAP = 8; // px that a finger may slip

export class Chart {
  onTap: (cell: Cell | null) => void = () => {};
  readonly #svg: SVGSVGElement;
  readonly #box: { width: number; height: number };
  readonly #west: number;
  readonly #north: number;
  readonly cell: number;
  readonly #inside: string;
  readonly #columns: number;
  readonly #letter: number;
  #view: [number, number, number, number];
  #from: { x: number; y: number; view: [number, number, number, number] } | null = null;

  constructor(holder: HTMLElement) {
    this.#svg = holder.querySelector("svg") as unknown as SVGSVGElement;
    const [, , width, height] = (this.#svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
    this.#box = { width, height };
    this.#view = [0, 0, width, height];
    const told = (name: string) => Number(this.#svg.getAttribute(`data-${name}`));
    [this.#west, this.#north, this.cell] = [told("west"), told("north"), told("cell")];
    this.#inside = this.#svg.getAttribute("data-inside") ?? "";
    this.#columns = Math.round(width / this.cell);
    this.#letter = Number(this.#svg.querySelector("g[font-size]")?.getAttribute("font-size"));
    for (const button of holder.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(button.dataset.zoom === "in" ? 2 : 0.5));
    }
    const buttons = holder.querySelector<HTMLElement>(".straat-chart__buttons");
    if (buttons) buttons.hidden = false;
    this.#svg.addEventListener("pointerdown", (event) => this.#down(event));
    this.#svg.addEventListener("pointermove", (event) => this.#move(event));
    this.#svg.addEventListener("pointerup", (event) => this.#up(event));
    this.#svg.addEventListener("pointercancel", () => (this.#from = null));
  }

  /** Makes it so many times larger, round its middle. */
  zoom(times: number): void {
    const [x, y, width, height] = this.#view;
    const wide = Math.min(Math.max(width / times, this.#box.width / FARTHEST), this.#box.width);
    const high = (wide / this.#box.width) * this.#box.height;
    this.#show(x + (width - wide) / 2, y + (height - high) / 2, wide, high);
  }

  /** Gives the cell at a place in metres of the grid, null outside the drawing. */
  cellAt(x: number, y: number): Cell | null {
    const column = Math.floor((x - this.#west) / this.cell);
    const row = Math.floor((this.#north - y) / this.cell - 1e-9);
    const rows = Math.round(this.#box.height / this.cell);
    if (column < 0 || row < 0 || column >= this.#columns || row >= rows) return null;
    const corner = [this.#west + column * this.cell, this.#north - (row + 1) * this.cell];
    return { name: `E${corner[0]}N${corner[1]}`, column, row };
  }

  /** Gives the cell of a name, null when it is not on the drawing. */
  cellNamed(name: string): Cell | null {
    const found = /^E(-?\d+)N(-?\d+)$/.exec(name);
    return found ? this.cellAt(Number(found[1]) + this.cell / 2, Number(found[2]) + this.cell / 2) : null;
  }

  /** Whether a cell counts: it lies in the town. */
  counts(cell: Cell): boolean {
    return this.#inside[cell.row * this.#columns + cell.column] === "1";
  }

  /** Shows which cell was chosen. */
  choose(cell: Cell | null): void {
    const mark = this.#svg.querySelector(".straat-svg__chosen");
    if (!mark) return;
    mark.setAttribute("visibility", cell ? "visible" : "hidden");
    if (!cell) return;
    mark.setAttribute("x", String(cell.column * this.cell));
    mark.setAttribute("y", String(cell.row * this.cell));
  }

  /** The middle of a cell, in metres of the grid. */
  middle(cell: Cell): [number, number] {
    return [this.#west + (cell.column + 0.5) * this.cell, this.#north - (cell.row + 0.5) * this.cell];
  }

  #show(x: number, y: number, width: number, height: number): void {
    const left = Math.min(Math.max(x, 0), this.#box.width - width);
    const top = Math.min(Math.max(y, 0), this.#box.height - height);
    this.#view = [left, top, width, height];
    this.#svg.setAttribute("viewBox", this.#view.join(" "));
    this.#svg.classList.toggle("straat-svg--large", width < this.#box.width);
    const letter = String((this.#letter * width) / this.#box.width); // the same size on the screen
    for (const group of this.#svg.querySelectorAll("g[font-size]")) group.setAttribute("font-size", letter);
    for (const circle of this.#svg.querySelectorAll("circle")) circle.setAttribute("r", letter);
  }

  /** Metres a pixel; the drawing lies in the middle of its box, whole. */
  #scale(): number {
    const box = this.#svg.getBoundingClientRect();
    return Math.max(this.#view[2] / box.width, this.#view[3] / box.height);
  }

  #down(event: PointerEvent): void {
    this.#from = { x: event.clientX, y: event.clientY, view: [...this.#view] };
  }

  #move(event: PointerEvent): void {
    if (!this.#from || this.#view[2] >= this.#box.width) return;
    const { x, y, view } = this.#from;
    const scale = this.#scale();
    this.#show(view[0] - (event.clientX - x) * scale, view[1] - (event.clientY - y) * scale, view[2], view[3]);
  }

  #up(event: PointerEvent): void {
    const from = this.#from;
    this.#from = null;
    if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) > A_TAP) return;
    const [left, top, width, height] = this.#view;
    const box = this.#svg.getBoundingClientRect();
    const x = left + width / 2 + (event.clientX - box.left - box.width / 2) * this.#scale();
    const y = top + height / 2 + (event.clientY - box.top - box.height / 2) * this.#scale();
    this.onTap(this.cellAt(this.#west + x, this.#north - y));
  }
}

const POINTS = ["oosten", "noordoosten", "noorden", "noordwesten", "westen", "zuidwesten", "zuiden", "zuidoosten"];

/** Says where a cell lies as seen from a place: ‘250 meter naar het noordoosten’. */
export function whereFrom(x: number, y: number, [toX, toY]: [number, number]): string {
  const away = Math.hypot(toX - x, toY - y);
  if (away < 90) return "op deze plek zelf";
  const point = POINTS[(Math.round(Math.atan2(toY - y, toX - x) / (Math.PI / 4)) + 8) % 8];
  return `${Math.round(away / 50) * 50} meter naar het ${point}`;
}
