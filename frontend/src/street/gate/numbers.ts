// SPDX-License-Identifier: EUPL-1.2
// Numbers of persons that carry check digits: as stip.agreements.traces works them out.
import { pattern, RULES } from "./patterns";

const BSN = pattern("bsn");
const BSN_WORD = pattern("bsn_word");
const IBAN = pattern("iban");

/** The text around a find, as far as a word may say what it is. */
export function near(text: string, start: number, length: number): string {
  return text.slice(Math.max(0, start - RULES.near), start + length + RULES.near);
}

export function says(word: RegExp, text: string): boolean {
  word.lastIndex = 0;
  return word.test(text);
}

export function holdsBsn(text: string): boolean {
  for (const found of text.matchAll(BSN)) {
    const number = found[0];
    const around = text.slice(Math.max(0, found.index - 1), found.index) + (text[found.index + number.length] ?? "");
    const alone = /^[0-9]{9}$/.test(number) && !/\p{L}/u.test(around);
    const whole = number === text.trim() && number.replace(/[^0-9]/g, "").length === 9;
    if (!(alone || whole || says(BSN_WORD, near(text, found.index, number.length)))) continue;
    if (passesEleven(number.replace(/[ .\-]/g, ""))) return true;
  }
  return false;
}

function passesEleven(digits: string): boolean {
  const nine = digits.padStart(9, "0");
  if (nine.length !== 9 || Number(nine) <= 0) return false;
  const sum = [...nine].reduce((total, digit, at) => total + Number(digit) * (at === 8 ? -1 : 9 - at), 0);
  return sum % 11 === 0;
}

export function holdsIban(text: string): boolean {
  for (const found of text.matchAll(IBAN)) {
    const signs = found[0].replace(/[^A-Za-z0-9]/g, "").toUpperCase();
    for (let length = 15; length <= signs.length; length++) if (isIban(signs.slice(0, length))) return true;
  }
  return false;
}

/** Lengths of account numbers by country; of another country every length that passes the check counts. */
const LENGTHS: Record<string, number> = {
  AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27,
  HR: 21, HU: 28, IE: 22, IT: 27, LT: 20, LU: 20, LV: 21, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24,
  SI: 19, SK: 24, TR: 26,
}; // prettier-ignore

function isIban(account: string): boolean {
  const wanted = LENGTHS[account.slice(0, 2)];
  if (wanted !== undefined && wanted !== account.length) return false;
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    for (const digit of parseInt(sign, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}
