// SPDX-License-Identifier: EUPL-1.2
// Verzenden: what is on this phone, what the server said of it, and a button to try now.
import type { Desk } from "./desk";
import { again, type Kept } from "./store";
import { entriesWait } from "./words";

const STATES = { waiting: "Wacht op verzenden", sent: "Verstuurd en bevestigd", refused: "Niet aangenomen" };

export function showQueue(desk: Desk): void {
  const list = document.getElementById("wachtrij");
  const said = document.getElementById("wachtrij-zin");
  const button = document.getElementById("nu-verzenden") as HTMLButtonElement | null;
  desk.onChange((standing) => {
    list?.replaceChildren(...[...standing.entries].reverse().map((kept) => item(desk, kept)));
    const others = standing.others ? ` Van iemand anders op deze telefoon: ${entriesWait(standing.others)}` : "";
    const text = entriesWait(standing.waiting) + others;
    if (said && said.textContent !== text) said.textContent = text;
  });
  button?.addEventListener("click", async () => {
    button.disabled = true;
    await desk.sync();
    button.disabled = false;
  });
}

function item(desk: Desk, kept: Kept): HTMLElement {
  const made = document.createElement("li");
  made.className = `straat-queue__item straat-queue__item--${kept.state}`;
  const title = document.createElement("strong");
  title.textContent = `Plek ${kept.number}: ${kept.words}`;
  const state = document.createElement("span");
  state.textContent = kept.said ? `${STATES[kept.state]}: ${kept.said}` : STATES[kept.state];
  made.append(title, state);
  if (kept.field === "note") made.append(withoutNote(desk, kept));
  return made;
}

/** A note that the server would not keep holds nothing else up: it can go without. */
function withoutNote(desk: Desk, kept: Kept): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "utrecht-button utrecht-button--secondary-action straat-wide";
  button.textContent = "Versturen zonder opmerking";
  button.addEventListener("click", async () => {
    await again(desk.store, kept.id, { note: "" });
    await desk.tell();
    await desk.sync();
  });
  return button;
}
