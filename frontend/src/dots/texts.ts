// SPDX-License-Identifier: EUPL-1.2
/** What the map says: loading, error, empty, nothing in this choice, hidden by privacy. Five states, five texts. */

import { dutchNumber } from "./days";
import type { Header } from "./message";

export const LOADING = "De meldingen worden geladen.";
export const NO_REPORTS = "Er zijn nog geen meldingen ingelezen. Lees eerst een bestand in bij Gegevens.";

/**
 * Return ‘12.480 van 12.480 meldingen’; of rounded counts ‘ongeveer 80 meldingen (44 tot 116)’.
 *
 * A sum of counts that are each rounded to fives strays by at most two times the root of what they count (one deviation,
 * see `stip.publish.coarse`); twice that holds 19 times in 20.
 */
export function countText(selected: number, { n: all, fine }: Pick<Header, "n" | "fine">): string {
  if (!fine) {
    const margin = Math.ceil(4 * Math.sqrt(selected));
    const [low, high] = [Math.max(0, selected - margin), selected + margin];
    return selected ? `ongeveer ${dutchNumber(selected)} meldingen (${dutchNumber(low)} tot ${dutchNumber(high)})` : "geen meldingen";
  }
  return `${dutchNumber(selected)} van ${dutchNumber(all)} ${all === 1 ? "melding" : "meldingen"}`;
}

/** Return what the state of the map is in one sentence. */
export function stateText(selected: number, header: Header): string {
  if (header.n === 0) return NO_REPORTS;
  const words = countText(selected, header);
  const count = words[0].toUpperCase() + words.slice(1);
  return selected ? `${count}.` : `${count}. Niets past bij deze keuze: maak de periode langer of zet een filter uit.`;
}

/** Return what is not on the map, or less precise, and why. */
export function privacyTexts({ totals }: Header): string[] {
  const many = (n: number) => `${dutchNumber(n)} ${n === 1 ? "melding staat" : "meldingen staan"}`;
  const texts: string[] = [];
  if (totals.hidden)
    texts.push(
      `${many(totals.hidden)} niet op de kaart: op die plek staan zo weinig woningen dat het iemand kan aanwijzen.`,
    );
  if (totals.outside) texts.push(`${many(totals.outside)} niet op de kaart: buiten de gemeente.`);
  return texts;
}

/** Return why the dots did not come, and what to do. */
export function errorText(status: number | null): string {
  switch (status) {
    case null:
      return "De meldingen zijn niet geladen: er is geen verbinding met de server. Probeer het opnieuw.";
    case 401:
      return "De meldingen zijn niet geladen: u bent niet meer ingelogd. Log opnieuw in.";
    case 403:
      return "De meldingen zijn niet geladen: u hebt geen recht om ze te zien. Vraag het aan uw beheerder.";
    default:
      return `De meldingen zijn niet geladen: de server gaf fout ${status}. Probeer het opnieuw of meld het aan uw beheerder.`;
  }
}
