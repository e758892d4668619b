// SPDX-License-Identifier: EUPL-1.2
/** The panel beside the map: the reports of one place as a list. Focus goes to it, and back to the map at its end. */

import { dutchNumber } from "./days";
import type { Dots } from "./dots";
import { describe, NEAR_M, type Found } from "./found";

const MOST = 100;

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function title({ dots, square }: Found): string {
  const reports = `${dutchNumber(dots.length)} ${dots.length === 1 ? "melding" : "meldingen"}`;
  return square ? `${reports} in dit vak van ${dutchNumber(square)} meter` : `${reports} op deze plek`;
}

export class Panel {
  readonly #host: HTMLElement;
  readonly #back: HTMLElement;
  onClose: () => void = () => {};

  constructor(host: HTMLElement, back: HTMLElement) {
    this.#host = host;
    this.#back = back;
    host.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  show(dots: Dots, found: Found): void {
    const heading = element("h2", "utrecht-heading-3 paneel-kop", title(found));
    heading.tabIndex = -1;
    const close = element("button", "utrecht-button utrecht-button--subtle", "Sluiten");
    close.type = "button";
    close.addEventListener("click", () => this.close());
    const list = element("ol", "paneel-lijst");
    for (const dot of found.dots.slice(0, MOST)) {
      const { type, when, where, source } = describe(dots, dot);
      const item = element("li", "paneel-melding");
      item.append(element("strong", "", type), element("span", "", when), element("span", "", `${where} · ${source}`));
      list.append(item);
    }
    this.#host.replaceChildren(heading, close, list, ...this.#notes(found));
    this.#host.hidden = false;
    heading.focus({ preventScroll: true });
    this.#host.scrollIntoView({ block: "nearest" });
  }

  #notes({ dots, square, precision, near }: Found): HTMLElement[] {
    const notes: string[] = [];
    if (dots.length > MOST)
      notes.push(`Hier staan de nieuwste ${MOST} van ${dutchNumber(dots.length)}. Alle meldingen staan in de Lijst.`);
    if (precision > 1)
      notes.push(
        `De plek is afgerond op ${dutchNumber(precision)} meter, zoals afgesproken: een melding ligt ergens in dat vierkant.`,
      );
    if (!square) {
      const others =
        near === 1 ? "ligt nog 1 melding" : `liggen nog ${near ? dutchNumber(near) : "geen andere"} meldingen`;
      notes.push(`Binnen ${NEAR_M} meter ${others} uit deze keuze.`);
    }
    return notes.map((note) => element("p", "legenda-noot", note));
  }

  /** Show a neighbourhood to a reader who may see no places. */
  showArea(name: string, count: number, url: string): void {
    const heading = element("h2", "utrecht-heading-3 paneel-kop", name);
    heading.tabIndex = -1;
    const close = element("button", "utrecht-button utrecht-button--subtle", "Sluiten");
    close.type = "button";
    close.addEventListener("click", () => this.close());
    const said = count ? `Ongeveer ${dutchNumber(count)} meldingen in deze keuze.` : "Geen meldingen die u mag zien.";
    const more = element("a", "utrecht-link", `Alles over ${name}`);
    more.href = url;
    this.#host.replaceChildren(heading, close, element("p", "utrecht-paragraph", said), more);
    this.#host.hidden = false;
    heading.focus({ preventScroll: true });
    this.#host.scrollIntoView({ block: "nearest" });
  }

  /** Say that nothing is there; focus stays where it was. */
  showNothing(): void {
    this.#host.hidden = false;
    this.#host.replaceChildren(element("p", "utrecht-paragraph", "Op deze plek zijn geen meldingen in deze keuze."));
  }

  close(): void {
    const held = this.#host.contains(document.activeElement);
    this.#host.replaceChildren();
    this.#host.hidden = true;
    if (held) this.#back.focus({ preventScroll: true });
    this.onClose();
  }
}
