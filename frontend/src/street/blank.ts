// SPDX-License-Identifier: EUPL-1.2
// A page without a place, as the phone opens it while the page of that place is not kept yet: filled from the week.
import type { Desk } from "./desk";
import { showPlace } from "./place";
import type { Place, Week } from "./server";

/** Fills the page once the week is known; a place that is not in it leaves the way back to the list. */
export function fillBlank(desk: Desk, unknown: HTMLElement, path: string = location.pathname): void {
  const id = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
  let filled = false;
  desk.onChange(({ week }) => {
    const place = week?.places.find((one) => one.id === id);
    if (filled || !week || !place) return;
    filled = true;
    fill(week, place);
    unknown.hidden = true;
    const form = document.querySelector<HTMLFormElement>("#melding");
    if (form) showPlace(desk, form);
  });
}

function fill(week: Week, place: Place): void {
  document.title = `Plek ${place.number} · Straat`;
  document.body.dataset.week = week.week;
  for (const box of document.querySelectorAll<HTMLElement>("[data-of]")) {
    const told = place[box.dataset.of as keyof Place];
    if (box.dataset.of === "reasons") box.replaceChildren(...place.reasons.map(item));
    else box.textContent = Array.isArray(told) ? told.join(", ") || "Buiten de buurten" : String(told);
    const part = box.closest<HTMLElement>("[hidden]:not(#plek)");
    if (part && String(told)) part.hidden = false;
  }
  const form = document.querySelector<HTMLFormElement>("#melding");
  if (form) {
    const { id, number, x, y } = place;
    Object.assign(form.dataset, { plan: week.plan_id, place: id, number: String(number), x: String(x), y: String(y) });
  }
  const whole = document.getElementById("plek");
  if (whole) whole.hidden = false;
}

function item(text: string): HTMLElement {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}
