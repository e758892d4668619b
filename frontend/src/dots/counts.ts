// SPDX-License-Identifier: EUPL-1.2
/** The counts beside the choices: every element with `data-count="field:value"` on the page. */

import { dutchNumber, WEEKDAYS } from "./days";
import type { Header } from "./message";
import type { Counts } from "./select";
import { countText } from "./texts";
import { UNKNOWN_HOUR } from "./select";

/** Return the count of a choice such as `soort:vandalism`, `uur:20-23`, `uur:onbekend`, `alles`; null for others. */
export function countOf(counts: Counts, choice: string): number | null {
  const [name, value = ""] = choice.split(/:(.*)/s);
  switch (name) {
    case "alles":
      return counts.selected;
    case "soort":
      return counts.types.get(value) ?? 0;
    case "bron":
      return counts.sources.get(value) ?? 0;
    case "gebied":
      return counts.areas.get(value) ?? 0;
    case "dag":
      return counts.weekdays[(WEEKDAYS as readonly string[]).indexOf(value)] ?? null;
    case "uur": {
      if (value === "onbekend") return counts.hours[UNKNOWN_HOUR];
      const [from, to] = value.split("-").map(Number);
      if (!(from >= 0 && from < 24 && to >= 0 && to < 24)) return null;
      let sum = 0;
      for (let hour = from; ; hour = (hour + 1) % 24) {
        sum += counts.hours[hour];
        if (hour === to) return sum;
      }
    }
    default:
      return null;
  }
}

export class CountsOnPage {
  readonly #texts = [...document.querySelectorAll<HTMLElement>("[data-count-text]")];
  readonly #elements = [...document.querySelectorAll<HTMLElement>("[data-count]")];

  show(counts: Counts, header: Header): void {
    for (const element of this.#texts) element.textContent = countText(counts.selected, header);
    for (const element of this.#elements) {
      const count = countOf(counts, element.dataset.count ?? "");
      if (count === null) continue;
      const text = dutchNumber(count);
      if (element instanceof HTMLOptionElement) {
        element.dataset.label ??= element.label;
        element.label = `${element.dataset.label} (${text})`;
      } else if (element.textContent !== text) element.textContent = text;
    }
  }
}
