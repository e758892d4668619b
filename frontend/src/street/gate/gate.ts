// SPDX-License-Identifier: EUPL-1.2
// What a note may not hold. The server looks again; here it is said before the note leaves the phone, or is kept on it.
import { holdsBsn, holdsIban, says } from "./numbers";
import { pattern, RULES } from "./patterns";
import { holdsPlate } from "./plates";

export const MOST_LETTERS = RULES.most_letters;

const EMAIL = pattern("email");
const CASE = pattern("case");
const BIRTH = pattern("birth");
const NAMED = [pattern("named"), pattern("named_plainly")];
const NUMBERED = [pattern("address"), pattern("number_of_name")];
const STREETS = [
  pattern("street"),
  pattern("street_of_two_words"),
  pattern("street_alone"),
  pattern("street_of"),
  pattern("house_word"),
  pattern("number_of_street"),
];
const HOUSES = [pattern("house_behind"), pattern("house_further"), pattern("house_before")];
const SMALL_WORDS = new Set(RULES.small_words);
const PHONES = [pattern("phone_abroad"), pattern("phone_whole"), pattern("phone_word")];
const PHONE_AREA = pattern("phone_area");
const PHONE_MOBILE = pattern("phone_mobile");
const MOMENT = pattern("moment");
const HOUR = pattern("hour");
const INVISIBLE = new RegExp(`[${RULES.invisible}]`, "gu");
const DASHES = new RegExp(`[${RULES.dashes}]`, "gu");

const HOLDS: [string, (text: string) => boolean][] = [
  ["burgerservicenummer", holdsBsn],
  ["bankrekening", holdsIban],
  ["e-mailadres", (text) => says(EMAIL, text)],
  ["zaaknummer", (text) => says(CASE, text)],
  ["geboortedatum", (text) => says(BIRTH, text)],
  ["telefoonnummer", holdsPhone],
  ["postcode met huisnummer", (text) => HOUSES.some((way) => [...text.matchAll(way)].some(isFrontDoor))],
  ["kenteken", holdsPlate],
  ["adres", (text) => STREETS.some((way) => says(way, text))],
];

/** Names the kind of personal data in a note, null when there is none. */
export function personalIn(text: string): string | null {
  const tidied = tidy(text);
  if (NAMED.some((way) => says(way, tidied))) return "naam van een persoon";
  const found = HOLDS.find(([, holds]) => holds(tidied));
  if (found) return found[0];
  return NUMBERED.some((way) => says(way, tidied)) ? "adres" : null;
}

/** Says what is wrong with a note, or nothing. The sentence does not repeat the note. */
export function refusalOf(note: string): string {
  const text = note.trim().replace(/\s+/g, " ");
  if (text.length > MOST_LETTERS) return `De opmerking telt ${text.length} tekens; ${MOST_LETTERS} mag. Maak haar korter.`;
  const kind = personalIn(text);
  if (kind === null) return "";
  return `In de opmerking staat iets dat op een persoon of adres wijst (${kind}). Schrijf haar zonder.`;
}

function tidy(text: string): string {
  return text.normalize("NFKC").replace(INVISIBLE, "").replace(DASHES, "-").replace(/\s+/g, " ");
}

function holdsPhone(text: string): boolean {
  if (PHONES.some((way) => says(way, text))) return true;
  if ([...text.matchAll(PHONE_AREA)].some((found) => found[0].replace(/[^0-9]/g, "").length === 10)) return true;
  return [...text.matchAll(PHONE_MOBILE)].some((found) => !isMoment(found[0], text.slice(found.index + found[0].length)));
}

/** Tells ‘06-09-2026 12:30’ from a number. */
function isMoment(number: string, after: string): boolean {
  return begins(MOMENT, number) && begins(HOUR, after);
}

function begins(way: RegExp, text: string): boolean {
  way.lastIndex = 0;
  return way.exec(text)?.index === 0;
}

/** Tells ‘2017 en’ from a postcode. */
function isFrontDoor(found: RegExpMatchArray): boolean {
  const postcode = found[1];
  return !(postcode.includes(" ") && SMALL_WORDS.has(postcode.slice(-2)));
}
