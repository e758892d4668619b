// SPDX-License-Identifier: EUPL-1.2
// The line above each screen and the number in the bar: what waits, and what is in the way.
import type { Desk, Standing } from "./desk";
import { entriesWait, readySaid, refusedSaid, timeOf, troubleSaid } from "./words";

export function showState(desk: Desk, login: string): void {
  const box = document.getElementById("stand");
  const count = document.getElementById("wachtend");
  const sync = document.getElementById("verstuurd");
  const ready = document.getElementById("klaar");
  desk.onChange((standing) => {
    if (ready) {
      ready.hidden = standing.week === null;
      const said = readySaid(standing.ready, "serviceWorker" in navigator);
      if (ready.textContent !== said) ready.textContent = said;
    }
    if (box) showTrouble(box, standing, login);
    if (count) {
      count.hidden = standing.waiting === 0;
      count.textContent = String(standing.waiting);
      count.setAttribute("aria-label", entriesWait(standing.waiting));
    }
    if (sync) {
      const when = standing.lastSync === null ? "nog niet" : timeOf(standing.lastSync);
      sync.textContent = `${entriesWait(standing.waiting)} Laatst bijgewerkt: ${when}.`;
      sync.hidden = false;
    }
  });
}

function showTrouble(box: HTMLElement, standing: Standing, login: string): void {
  const refused = standing.entries.filter((kept) => kept.state === "refused").length;
  const said = troubleSaid(standing.trouble, standing.waiting) || refusedSaid(refused);
  box.hidden = said === "";
  if (box.dataset.said === said) return; // a screen reader reads it out each time it is set
  box.dataset.said = said;
  box.textContent = said;
  if (standing.trouble !== "login") return;
  const link = document.createElement("a");
  link.href = `${login}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = "Inloggen";
  link.className = "straat-state__link";
  box.append(" ", link);
}
