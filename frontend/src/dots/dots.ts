// SPDX-License-Identifier: EUPL-1.2
/** The dots in the order of their days, so that a period is one slice and an animation frame touches no others. */

import { dayNumber, weekday } from "./days";
import type { Header, Message } from "./message";

export interface Dots {
  header: Header;
  n: number;
  x: Uint16Array;
  y: Uint16Array;
  kind: Uint8Array;
  /** Weekday × 32 + hour; Monday is 0, hour 31 is not known. */
  slot: Uint8Array;
  /** Index in the header's precisions. */
  precision: Uint8Array;
  /** How many dots each precision has. */
  precisionCounts: Uint32Array;
  /** Number of the area in the header. */
  area: Uint16Array;
  day: Uint16Array;
  /** Day numbers (since 1970) of the first and the last dot's day. */
  firstDay: number;
  lastDay: number;
  /** Where each day begins: the dots of day d are [dayStart[d], dayStart[d + 1]). */
  dayStart: Uint32Array;
}

/** Put the dots of a message in the order of their days; within a day they stay in the order of the message. */
export function arrange(message: Message): Dots {
  const { header, day: days } = message;
  const n = header.n;
  const firstDay = dayNumber(header.first_day) ?? 0;
  let last = 0;
  for (let i = 0; i < n; i++) if (days[i] > last) last = days[i];
  const dayStart = new Uint32Array(last + 2);
  for (let i = 0; i < n; i++) dayStart[days[i] + 1]++;
  for (let d = 0; d <= last; d++) dayStart[d + 1] += dayStart[d];

  const dots: Dots = {
    header,
    n,
    x: new Uint16Array(n),
    y: new Uint16Array(n),
    kind: new Uint8Array(n),
    slot: new Uint8Array(n),
    precision: new Uint8Array(n),
    precisionCounts: new Uint32Array(8),
    area: new Uint16Array(n),
    day: new Uint16Array(n),
    firstDay,
    lastDay: firstDay + last,
    dayStart,
  };
  const next = dayStart.slice();
  const monday = weekday(firstDay);
  for (let area = 0; area < header.areas.length; area++) {
    for (let i = header.area_offsets[area]; i < header.area_offsets[area + 1]; i++) {
      const to = next[days[i]]++;
      dots.x[to] = message.x[i];
      dots.y[to] = message.y[i];
      dots.kind[to] = message.kind[i];
      dots.slot[to] = (((monday + days[i]) % 7) << 5) | (message.clock[i] & 31);
      dots.precision[to] = message.clock[i] >> 5;
      dots.precisionCounts[dots.precision[to]]++;
      dots.area[to] = area;
    }
  }
  for (let d = 0; d <= last; d++) dots.day.fill(d, dayStart[d], dayStart[d + 1]);
  return dots;
}

/** Return the slice [low, high) of the dots on the days from..to, both included (day numbers since 1970). */
export function periodSlice(dots: Dots, from: number, to: number): [number, number] {
  const days = dots.dayStart.length - 1;
  const low = Math.min(Math.max(from - dots.firstDay, 0), days);
  const high = Math.min(Math.max(to - dots.firstDay + 1, low), days);
  return [dots.dayStart[low], dots.dayStart[high]];
}
