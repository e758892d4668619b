// SPDX-License-Identifier: EUPL-1.2
/**
 * Which dots the filter lets through, and the counts beside each choice, in one pass over typed arrays.
 *
 * For each dot one byte tells which parts of the filter it fails (all but the period, which is a slice). A count beside
 * a choice is of the dots that fail nothing, or only the part that the choice belongs to: so a choice that is off
 * shows what it would add. Dots are counted by (what they fail, their value) without a branch; sums come afterwards.
 */

import { periodSlice, type Dots } from "./dots";
import type { Filter } from "./filter";
import { inRing } from "./polygon";

const TYPE = 1;
const SOURCE = 2;
const HOUR = 4;
const WEEKDAY = 8;
const AREA = 16;
const RING = 32;
const FAILS = 64;

/** Hour that means: not known. */
export const UNKNOWN_HOUR = 31;

export interface Counts {
  /** Of the dots that pass everything. */
  selected: number;
  /** The same by kind of the header. */
  kinds: Uint32Array;
  types: Map<string, number>;
  sources: Map<string, number>;
  areas: Map<string, number>;
  /** By hour 0–23, and 31 for not known. */
  hours: Uint32Array;
  weekdays: Uint32Array;
  /** By weekday × 32 + hour, of the dots that pass everything. */
  hourOfWeek: Uint32Array;
}

export interface Selection {
  /** What each dot fails, without the period; 0 means that it passes. */
  fails: Uint8Array;
  /** The period: dots [low, high). */
  low: number;
  high: number;
  /** Dots that pass all but the period, by day from the first. */
  perDay: Uint32Array;
  counts: Counts;
}

/** Return for each weekday × 32 + hour what it fails. */
function slotTable({ hours, weekdays }: Filter): Uint8Array {
  const passes = new Uint8Array(32);
  for (const [from, to] of hours)
    for (let hour = from; ; hour = (hour + 1) % 24) {
      passes[hour] = 1;
      if (hour === to) break;
    }
  return Uint8Array.from(
    { length: 256 },
    (_, slot) =>
      (hours.length && !passes[slot & 31] ? HOUR : 0) |
      (weekdays.length && !weekdays.includes(slot >> 5) ? WEEKDAY : 0),
  );
}

/** The dots and the filter that stands now. */
export class Selector {
  readonly #dots: Dots;
  readonly #fails: Uint8Array;
  #perDay: Uint32Array;
  #ring: { text: string; inside: Uint8Array } | null = null;
  #key = "";

  constructor(dots: Dots) {
    this.#dots = dots;
    this.#fails = new Uint8Array(dots.n);
    this.#perDay = new Uint32Array(dots.dayStart.length - 1);
  }

  /** Apply a filter. When only the period changed, only the dots in the new period are looked at. */
  apply(filter: Filter): Selection {
    const { types, sources, hours, weekdays, areas, polygon } = filter;
    const key = JSON.stringify([types, sources, hours, weekdays, areas, polygon]);
    if (key !== this.#key) {
      this.#judge(filter);
      this.#key = key;
    }
    const [low, high] = periodSlice(this.#dots, filter.from ?? -Infinity, filter.to ?? Infinity);
    return { fails: this.#fails, low, high, perDay: this.#perDay, counts: this.#count(low, high) };
  }

  #judge(filter: Filter): void {
    const { kind, slot, area, day, n, header } = this.#dots;
    const byKind = Uint8Array.from(
      header.kinds,
      ({ crime_type, source }) =>
        (filter.types.length && !filter.types.includes(crime_type) ? TYPE : 0) |
        (filter.sources.length && !filter.sources.includes(source) ? SOURCE : 0),
    );
    const bySlot = slotTable(filter);
    const byArea = Uint8Array.from(header.areas, ({ code, wijk }) =>
      filter.areas.length && !filter.areas.includes(code ?? "") && !filter.areas.includes(wijk ?? "") ? AREA : 0,
    );
    const inside = this.#inside(filter);
    const fails = this.#fails;
    const perDay = (this.#perDay = new Uint32Array(this.#perDay.length));
    for (let i = 0; i < n; i++) {
      let failed = byKind[kind[i]] | bySlot[slot[i]] | byArea[area[i]];
      if (inside !== null && inside[i] === 0) failed |= RING;
      fails[i] = failed;
      perDay[day[i]] += failed === 0 ? 1 : 0;
    }
  }

  #inside(filter: Filter): Uint8Array | null {
    if (!filter.polygon) return null;
    const text = String(filter.polygon);
    if (this.#ring?.text !== text) this.#ring = { text, inside: inRing(this.#dots, filter.polygon) };
    return this.#ring.inside;
  }

  #count(low: number, high: number): Counts {
    const { kind, slot, area, header } = this.#dots;
    const fails = this.#fails;
    const areas = header.areas.length;
    const byKind = new Uint32Array(FAILS * 256);
    const bySlot = new Uint32Array(FAILS * 256);
    const byArea = new Uint32Array(FAILS * areas);
    for (let i = low; i < high; i++) {
      const failed = fails[i];
      byKind[(failed << 8) | kind[i]]++;
      bySlot[(failed << 8) | slot[i]]++;
      byArea[failed * areas + area[i]]++;
    }
    const add = (into: Map<string, number>, name: string, more: number) => into.set(name, (into.get(name) ?? 0) + more);
    const counts: Counts = {
      selected: 0,
      kinds: byKind.slice(0, 256),
      types: new Map(),
      sources: new Map(),
      areas: new Map(),
      hours: new Uint32Array(32),
      weekdays: new Uint32Array(7),
      hourOfWeek: bySlot.slice(0, 7 * 32),
    };
    header.kinds.forEach(({ crime_type, source }, k) => {
      counts.selected += byKind[k];
      add(counts.types, crime_type, byKind[k] + byKind[(TYPE << 8) | k]);
      add(counts.sources, source, byKind[k] + byKind[(SOURCE << 8) | k]);
    });
    for (let at = 0; at < 7 * 32; at++) {
      counts.hours[at & 31] += bySlot[at] + bySlot[(HOUR << 8) | at];
      counts.weekdays[at >> 5] += bySlot[at] + bySlot[(WEEKDAY << 8) | at];
    }
    header.areas.forEach(({ code, wijk }, a) => {
      const more = byArea[a] + byArea[AREA * areas + a];
      if (code) add(counts.areas, code, more);
      if (wijk) add(counts.areas, wijk, more);
    });
    return counts;
  }
}
