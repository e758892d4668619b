// SPDX-License-Identifier: EUPL-1.2
// Kaart: touch a square to say at which place it would have been better there.
import { type Cell, Chart, whereFrom } from "./chart";

export function showMap(holder: HTMLElement): void {
  const chart = new Chart(holder);
  const places = [...document.querySelectorAll<HTMLAnchorElement>("[data-place]")];
  const box = document.getElementById("gekozen");
  if (!box) return;
  chart.onTap = (cell) => {
    const counts = cell !== null && chart.counts(cell);
    chart.choose(counts ? cell : null);
    box.hidden = cell === null;
    const said = box.querySelector("p");
    if (said) said.textContent = counts ? "Beter hier dan bij plek:" : "Daar telt Stip niet: het ligt buiten het gebied.";
    box.querySelector("ul")?.replaceChildren(...(counts ? links(chart, places, cell) : []));
  };
}

/** The three places that are nearest to a square, each with the way to say it there. */
function links(chart: Chart, places: HTMLAnchorElement[], cell: Cell): HTMLElement[] {
  const middle = chart.middle(cell);
  const away = (place: HTMLAnchorElement) =>
    Math.hypot(Number(place.dataset.x) - middle[0], Number(place.dataset.y) - middle[1]);
  return [...places]
    .sort((a, b) => away(a) - away(b))
    .slice(0, 3)
    .map((place) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${place.pathname}?beter=${cell.name}`;
      link.textContent = `Plek ${place.dataset.number}: ${whereFrom(Number(place.dataset.x), Number(place.dataset.y), middle)}`;
      item.append(link);
      return item;
    });
}
