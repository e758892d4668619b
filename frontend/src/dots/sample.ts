// SPDX-License-Identifier: EUPL-1.2
/** Made messages for tests: as the server writes them, from rows that a test can read. */

import { dayNumber } from "./days";
import type { Header } from "./message";

export interface Row {
  x: number;
  y: number;
  date: string;
  kind: number;
  hour: number;
  precision?: number;
  area?: number;
}

export const HEADER: Omit<Header, "n" | "area_offsets"> = {
  origin: [150_000, 450_000],
  step_m: 1,
  first_day: "2026-06-01",
  kinds: [
    {
      crime_type: "bicycle_theft",
      label: "Fietsdiefstal",
      colour: "#009e73",
      source: "bvh",
      source_label: "Politie",
    },
    { crime_type: "vandalism", label: "Vernieling", colour: "#cc79a7", source: "bvh", source_label: "Politie" },
    {
      crime_type: "vandalism",
      label: "Vernieling",
      colour: "#cc79a7",
      source: "mor",
      source_label: "Openbare ruimte",
    },
  ],
  precisions_m: [1, 125],
  areas: [
    { code: "BU1", name: "Centrum", wijk: "WK1" },
    { code: "BU2", name: "Haven", wijk: "WK1" },
    { code: null, name: "Buiten de buurten", wijk: null },
  ],
  districts: [{ code: "WK1", name: "Binnenstad" }],
  totals: { all: 0, hidden: 0, outside: 0 },
  fine: true,
  columns: ["x", "y", "day", "kind", "clock"],
};

/** Write a message. Rows may stand in any order of areas. */
export function encode(rows: Row[], change: Partial<Header> = {}): ArrayBuffer {
  const sorted = [...rows].sort((a, b) => (a.area ?? 0) - (b.area ?? 0));
  const n = sorted.length;
  const offsets = [0, ...HEADER.areas.map((_, area) => sorted.filter((row) => (row.area ?? 0) <= area).length)];
  const header: Header = { ...HEADER, n, area_offsets: offsets, ...change };
  header.totals = { ...header.totals, all: n };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((12 + json.length) / 8) * 8;
  const padded = (width: number) => Math.ceil((n * width) / 8) * 8;
  const buffer = new ArrayBuffer(start + 3 * padded(2) + 2 * padded(1));
  const bytes = new Uint8Array(buffer);
  bytes.set(new TextEncoder().encode("STIPDOT1"));
  new DataView(buffer).setUint32(8, start - 12, true);
  bytes.fill(32, 12, start);
  bytes.set(json, 12);
  const [x0, y0] = header.origin;
  const first = dayNumber(header.first_day) as number;
  const short = (k: number) => new Uint16Array(buffer, start + k * padded(2), n);
  short(0).set(sorted.map((row) => (row.x - x0) / header.step_m));
  short(1).set(sorted.map((row) => (row.y - y0) / header.step_m));
  short(2).set(sorted.map((row) => (dayNumber(row.date) as number) - first));
  bytes.set(
    sorted.map((row) => row.kind),
    start + 3 * padded(2),
  );
  bytes.set(
    sorted.map((row) => ((row.precision ?? 0) << 5) | row.hour),
    start + 3 * padded(2) + padded(1),
  );
  return buffer;
}
