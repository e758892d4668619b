// SPDX-License-Identifier: EUPL-1.2
// The sentences of the phone.
import type { Trouble } from "./server";

export function entriesWait(count: number): string {
  if (count === 0) return "Er wacht niets.";
  return count === 1 ? "1 melding wacht op verzenden." : `${count} meldingen wachten op verzenden.`;
}

export function readySaid(ready: boolean, canKeep: boolean): string {
  if (!canKeep) return "Deze browser kan Straat niet bewaren: u heeft steeds een verbinding nodig.";
  return ready
    ? "Klaar voor gebruik zonder verbinding."
    : "Nog niet klaar voor gebruik zonder verbinding: laat Straat even open.";
}

export function refusedSaid(count: number): string {
  if (count === 0) return "";
  return `${count === 1 ? "1 melding kon" : `${count} meldingen konden`} niet worden verwerkt. Kijk bij Verzenden.`;
}

export function troubleSaid(trouble: Trouble | null, count: number): string {
  const safe = count ? ` ${count === 1 ? "Uw melding staat" : `Uw ${count} meldingen staan`} veilig op deze telefoon.` : "";
  switch (trouble) {
    case "offline":
      return `Geen verbinding.${safe}`;
    case "login":
      return `U bent uitgelogd.${safe} Log opnieuw in${count ? "; daarna worden ze verstuurd" : ""}.`;
    case "forbidden":
      return `U mag hier geen terugkoppeling geven.${safe} Vraag de beheerder om het recht.`;
    case "paused":
      return `Het weekplan staat op pauze. Vraag uw coördinator waarom.${safe} Wat u al had gemeld, wordt wel verstuurd.`;
    case "later":
      return `De server antwoordt niet goed.${safe} De telefoon probeert het straks opnieuw.`;
    default:
      return "";
  }
}

export function timeOf(ms: number): string {
  const when = new Date(ms);
  const clock = `${when.getHours()}.${String(when.getMinutes()).padStart(2, "0")} uur`;
  if (when.toDateString() === new Date().toDateString()) return `vandaag om ${clock}`;
  return `${when.getDate()}-${when.getMonth() + 1} om ${clock}`;
}
