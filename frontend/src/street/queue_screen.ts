// SPDX-License-Identifier: EUPL-1.2
// Verzenden: what is on this phone, what the server said of it, and a button to try now.
import type { Desk } from "./desk";
import { again, discard, type Kept } from "./store";
import { entriesWait } from "./words";

const STATES = { waiting: "Wacht op verzenden", sent: "Verstuurd en bevestigd", refused: "Niet aangenomen" };

export function showQueue(desk: Desk): void {
  const list = document.getElementById("wachtrij");
  const refused = document.getElementById("niet-verwerkt");
  const box = document.getElementById("niet-verwerkt-vak");
  const said = document.getElementById("wachtrij-zin");
  const button = document.getElementById("nu-verzenden") as HTMLButtonElement | null;
  desk.onChange((standing) => {
    const newest = [...standing.entries].reverse();
    const wrong = newest.filter((kept) => kept.state === "refused");
    list?.replaceChildren(...newest.filter((kept) => kept.state !== "refused").map((kept) => item(desk, kept)));
    refused?.replaceChildren(...wrong.map((kept) => item(desk, kept)));
    if (box) box.hidden = wrong.length === 0;
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
  if (kept.state !== "refused") return made;
  // What the server would not keep has left this phone already, and holds nothing else up: the rest can go without.
  if (kept.field === "note") made.append(button(desk, "Versturen zonder opmerking", () => again(desk.store, kept.id, { note: "" })));
  if (kept.field === "remark") made.append(button(desk, "Versturen zonder wat u zag", () => again(desk.store, kept.id, { remark: "" })));
  made.append(button(desk, "Weggooien", () => discard(desk.store, kept.id)));
  return made;
}

function button(desk: Desk, text: string, does: () => Promise<void>): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "utrecht-button utrecht-button--secondary-action straat-wide";
  button.textContent = text;
  button.addEventListener("click", async () => {
    await does();
    await desk.tell();
    await desk.sync();
  });
  return button;
}
