// SPDX-License-Identifier: EUPL-1.2
// Licence plates of every Dutch series: as stip.agreements.traces works them out.
import { near, says } from "./numbers";
import { pattern, RULES } from "./patterns";

const GROUPS = RULES.plate_series
  .map((code) => code.split("-").map(signsOf).join("[ .\\-]?"))
  .join("|");
const PLATE = new RegExp(`(?<![0-9A-Za-z])(?<![0-9A-Za-z]-)(?:${GROUPS})(?![0-9A-Za-z])(?!-[0-9A-Za-z])`, "gu");
const PLATE_WORD = pattern("plate_word");
const VOWEL = pattern("vowel");
const MONTHS = new Set(RULES.months);
const UNITS = new Set(RULES.units);
const WORDS = new Set([...RULES.plate_words, ...RULES.small_words]);

export function holdsPlate(text: string): boolean {
  return [...text.matchAll(PLATE)].some((found) => isPlate(found[0], text, found.index));
}

function signsOf(group: string): string {
  return [...group].map((sign) => (sign === "L" ? "[A-Za-z]" : "[0-9]")).join("");
}

function isPlate(plate: string, text: string, start: number): boolean {
  if (says(PLATE_WORD, near(text, start, plate.length))) return true;
  const letters = plate.replace(/[^A-Za-z]/g, "");
  const groups = plate.toLowerCase().match(/[a-z]+/g) ?? [];
  const oneCase = letters === letters.toUpperCase() || letters === letters.toLowerCase();
  if (groups.some((group) => MONTHS.has(group)) || !oneCase) return false;
  const signs = plate.replace(/[0-9A-Za-z]/g, "");
  if (signs === "--" || signs === "..") return true;
  if (groups.some((group) => UNITS.has(group))) return false;
  if (signs === "  " || signs === "-") return letters === letters.toUpperCase() || !says(VOWEL, plate);
  if ((signs !== "" && signs !== " ") || /^[0-9]{4} ?[A-Za-z]{2}$/.test(plate)) return false;
  return !says(VOWEL, plate) || (signs === "" && isOldPlate(plate, groups));
}

/** Tells a plate run together that has vowels, as those of before 1978, from words and figures: ‘mast12’, ‘8tot12’. */
function isOldPlate(plate: string, groups: string[]): boolean {
  if (groups.some((group) => WORDS.has(group) || group.length > 3)) return false;
  return plate === plate.toUpperCase() || !/^[a-z]+[0-9]+$/.test(plate);
}
