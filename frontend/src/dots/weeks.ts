// SPDX-License-Identifier: EUPL-1.2
/** The weeks of the data, counts in them, and how the period of the filter lies over them. */

import { dutchDate, dutchWeek, monday } from "./days";

/** A window of whole weeks, both included, as numbers in the list of weeks. */
export interface Window {
  first: number;
  last: number;
}

export type Handle = "first" | "last" | "whole";

/** The ISO weeks from the first day of the data to the last. */
export class Weeks {
  /** Monday of the first week, days since 1970. */
  readonly start: number;
  readonly count: number;

  constructor(firstDay: number, lastDay: number) {
    this.start = monday(firstDay);
    this.count = Math.floor((monday(lastDay) - this.start) / 7) + 1;
  }

  /** Sum counts per day (from `firstDay` on) to weeks. */
  perWeek(perDay: Uint32Array, firstDay: number): Uint32Array {
    const sums = new Uint32Array(this.count);
    perDay.forEach((count, d) => (sums[Math.floor((firstDay + d - this.start) / 7)] += count));
    return sums;
  }

  /** Return the weeks that a period touches; of no period, all. */
  windowOf(from: number | null, to: number | null): Window {
    const week = (day: number) => Math.min(Math.max(Math.floor((day - this.start) / 7), 0), this.count - 1);
    const first = from === null ? 0 : week(from);
    return { first, last: Math.max(first, to === null ? this.count - 1 : week(to)) };
  }

  /** Return the days of a window; null at an end that is open, so that next week's reports are in it too. */
  period({ first, last }: Window): { from: number | null; to: number | null } {
    return {
      from: first === 0 ? null : this.monday(first),
      to: last === this.count - 1 ? null : this.monday(last) + 6,
    };
  }

  monday(week: number): number {
    return this.start + 7 * week;
  }

  /** Return what a screen reader says of a handle. */
  spoken(handle: Handle, { first, last }: Window): string {
    const [from, to] = [this.monday(first), this.monday(last) + 6];
    if (handle === "first") return `vanaf ${dutchWeek(from)}, ${dutchDate(from)}`;
    if (handle === "last") return `tot en met ${dutchWeek(to)}, ${dutchDate(to)}`;
    const weeks = last - first + 1;
    return `${dutchDate(from)} tot en met ${dutchDate(to)}, ${weeks} ${weeks === 1 ? "week" : "weken"}`;
  }
}

/** Return the window after a handle is moved by so many weeks: it stays within the data and holds a week at least. */
export function moveBy({ first, last }: Window, handle: Handle, weeks: number, count: number): Window {
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  if (handle === "first") return { first: clamp(first + weeks, 0, last), last };
  if (handle === "last") return { first, last: clamp(last + weeks, first, count - 1) };
  const moved = clamp(first + weeks, 0, count - 1 - (last - first));
  return { first: moved, last: moved + last - first };
}

const KEYS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -4,
  PageUp: 4,
  Home: -Infinity,
  End: Infinity,
};

/** Return the window after a key on a handle, or null when the key means nothing to it. */
export function moveByKey(window: Window, handle: Handle, key: string, count: number): Window | null {
  return key in KEYS ? moveBy(window, handle, KEYS[key], count) : null;
}
