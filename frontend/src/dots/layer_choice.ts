// SPDX-License-Identifier: EUPL-1.2
/** The choice of context layers, each with its own date and source. */

import type { LayerAbout } from "./context";
import { dayNumber, dutchDate } from "./days";

/** Put the choice of layers on the page; `choose` hears the names that are on. Gives how to tell that one is not there. */
export function layerChoice(
  host: HTMLElement,
  layers: LayerAbout[],
  on: string[],
  choose: (names: string[]) => void,
): (name: string) => void {
  const boxes: HTMLInputElement[] = [];
  const told = new Map<string, HTMLElement>();
  const group = document.createElement("fieldset");
  group.className = "lagen-groep";
  const legend = document.createElement("legend");
  legend.className = "utrecht-heading-4";
  legend.textContent = "Lagen";
  group.append(legend);
  for (const { name, label, date, source, colour } of layers) {
    const line = document.createElement("label");
    line.className = "lagen-keuze";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "utrecht-checkbox";
    box.value = name;
    box.checked = on.includes(name);
    box.addEventListener("change", () => choose(boxes.filter(({ checked }) => checked).map(({ value }) => value)));
    boxes.push(box);
    const mark = document.createElement("span");
    mark.className = "lagen-kleur";
    mark.style.backgroundColor = colour;
    const text = document.createElement("span");
    const about = document.createElement("small");
    const day = dayNumber(date);
    about.textContent = `stand ${day === null ? "niet bekend" : dutchDate(day)}, ${source}`;
    text.append(label, about);
    told.set(name, about);
    line.append(box, mark, text);
    group.append(line);
  }
  host.replaceChildren(group);
  return (name) => {
    const about = told.get(name);
    if (about) about.textContent = "Deze laag is niet geladen. Laad de pagina opnieuw.";
  };
}
