// SPDX-License-Identifier: EUPL-1.2
/** The buttons above the map: draw an area, and clear it. */

import { circleRing, type Way } from "./drawing";
import type { TownMap } from "./map";
import type { Ring } from "./polygon";

const CIRCLES_M = [100, 250, 500, 1000];

function button(text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "utrecht-button utrecht-button--secondary-action kaart-knop";
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}

/** Make the toolbar; `choose` hears the ring that was drawn, or null when it is cleared. */
export class Toolbar {
  readonly element = document.createElement("div");
  readonly #hint = document.createElement("p");
  readonly #clear: HTMLButtonElement;
  readonly #ways: Record<Way, HTMLButtonElement>;
  readonly #map: TownMap;
  readonly #choose: (ring: Ring | null) => void;

  constructor(map: TownMap, choose: (ring: Ring | null) => void) {
    this.#map = map;
    this.#choose = choose;
    this.element.className = "kaart-balk";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Gebied kiezen op de kaart");
    this.#ways = {
      hoeken: button("Gebied tekenen", () => this.#draw("hoeken")),
      hand: button("Vrij tekenen", () => this.#draw("hand")),
    };
    this.#clear = button("Gebied wissen", () => choose(null));
    this.#clear.hidden = true;
    this.#hint.className = "kaart-uitleg";
    this.#hint.setAttribute("role", "status");
    this.element.append(...Object.values(this.#ways), this.#circles(), this.#clear, this.#hint);
    this.#tell(null);
  }

  /** Show whether there is an area to clear. */
  show(ring: Ring | null): void {
    const gone = this.#clear.hidden === false && !ring && document.activeElement === this.#clear;
    this.#clear.hidden = !ring;
    if (gone) this.#ways.hoeken.focus();
  }

  #circles(): HTMLElement {
    const label = document.createElement("label");
    label.className = "kaart-cirkel";
    label.textContent = "Cirkel om het midden ";
    const select = document.createElement("select");
    select.className = "utrecht-select";
    select.append(new Option("kies", ""), ...CIRCLES_M.map((radius) => new Option(`${radius} meter`, String(radius))));
    select.addEventListener("change", () => {
      if (select.value) this.#choose(circleRing(this.#map.middle, Number(select.value)));
      select.value = "";
    });
    label.append(select);
    return label;
  }

  #draw(way: Way): void {
    const again = this.#ways[way].getAttribute("aria-pressed") === "true";
    this.stop();
    if (again) return;
    this.#tell(way);
    this.#map.drawing.begin(way, (ring) => {
      this.#tell(null);
      if (ring) this.#choose(ring);
    });
  }

  stop(): void {
    this.#map.drawing.stop();
    this.#tell(null);
  }

  #tell(way: Way | null): void {
    for (const [name, each] of Object.entries(this.#ways)) each.setAttribute("aria-pressed", String(name === way));
    this.#hint.textContent =
      way === "hoeken"
        ? "Klik de hoeken aan. Klik de eerste hoek nog eens aan om te sluiten. Escape stopt."
        : way === "hand"
          ? "Houd de knop ingedrukt en teken om het gebied heen. Escape stopt."
          : "";
  }
}
