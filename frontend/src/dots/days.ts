// SPDX-License-Identifier: EUPL-1.2
/** Local calendar days as whole numbers, ISO weeks, and how Dutch people write them. */

/** Days of the week as the filter names them, Monday first. */
export const WEEKDAYS = ["ma", "di", "wo", "do", "vr", "za", "zo"] as const;
export const WEEKDAY_NAMES = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"] as const;
const MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const DAY_MS = 86_400_000;

/** Return the day number of an ISO date (days since 1970), or null when it is no date. */
export function dayNumber(iso: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const ms = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== iso) return null; // such as 30 February
  return ms / DAY_MS;
}

/** Return the ISO date of a day number. */
export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Return 0 for Monday … 6 for Sunday. 1 January 1970 was a Thursday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Return the Monday of the day's ISO week. */
export function monday(day: number): number {
  return day - weekday(day);
}

/** Return the ISO week number and its year, such as [2026, 37]. */
export function isoWeek(day: number): [number, number] {
  const thursday = monday(day) + 3;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  return [year, Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1];
}

/** Return such as ‘8 sep 2026’. */
export function dutchDate(day: number): string {
  const date = new Date(day * DAY_MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Return such as ‘week 37 van 2026’. */
export function dutchWeek(day: number): string {
  const [year, week] = isoWeek(day);
  return `week ${week} van ${year}`;
}

const NUMBER = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });

/** Return a number as Dutch people write it: 12.480 and 3,5. */
export function dutchNumber(value: number): string {
  return NUMBER.format(value);
}
