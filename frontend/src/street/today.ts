// SPDX-License-Identifier: EUPL-1.2
// Vandaag: what was told at each place, also what still waits; and what changed in the plan.
import { changesSince, type Seen, seenOf } from "./changes";
import type { Desk, Standing } from "./desk";
import { remember, remembered } from "./store";

export function showToday(desk: Desk): void {
  desk.onChange((standing) => {
    for (const box of document.querySelectorAll<HTMLElement>("[data-told]")) {
      box.replaceChildren(...toldAt(standing, box.dataset.told ?? "").map((words) => line("span", `✓ ${words}`)));
    }
    void showChanges(desk, standing);
  });
}

/** What the team told at a place as the server knows it, and what this phone still has to send. */
export function toldAt(standing: Standing, place: string): string[] {
  const known = standing.week?.told[place] ?? [];
  const ids = new Set(known.map((one) => one.id));
  const own = standing.entries.filter((kept) => kept.body.place_id === place && !ids.has(kept.id));
  return [...known.map((one) => one.words), ...own.map((kept) => kept.words + WAITS[kept.state])];
}

const WAITS = { waiting: " (wacht op verzenden)", sent: "", refused: " (niet aangenomen, zie Verzenden)" };

async function showChanges(desk: Desk, standing: Standing): Promise<void> {
  const box = document.getElementById("anders");
  const { week } = standing;
  if (!box || !week?.plan_id) return;
  const seen = await remembered<Seen>(desk.store, "seen");
  const said = changesSince(seen, week);
  if (!said.length) await remember(desk.store, "seen", seenOf(week));
  box.hidden = said.length === 0;
  box.querySelector("ul")?.replaceChildren(...said.map((sentence) => line("li", sentence, "utrecht-unordered-list__item")));
  const button = box.querySelector("button");
  if (!button) return;
  button.onclick = async () => {
    await remember(desk.store, "seen", seenOf(week));
    box.hidden = true;
    document.getElementById("inhoud")?.focus();
  };
}

function line(tag: string, text: string, look = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = look;
  return made;
}
