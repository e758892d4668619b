// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { countOf } from "./counts";
import { arrange } from "./dots";
import { parseFilter } from "./filter";
import { decode } from "./message";
import { encode, type Row } from "./sample";
import { Selector } from "./select";

const at = (hour: number, date: string): Row => ({ x: 150_000, y: 450_000, date, kind: 1, hour });
const rows = [
  at(22, "2026-06-05"),
  at(1, "2026-06-06"),
  at(1, "2026-06-06"),
  at(31, "2026-06-06"),
  at(12, "2026-06-07"),
];
const counts = new Selector(arrange(decode(encode(rows)))).apply(parseFilter(new URLSearchParams())).counts;

it.each([
  ["alles", 5],
  ["soort:vandalism", 5],
  ["soort:bicycle_theft", 0],
  ["bron:bvh", 5],
  ["bron:mor", 0],
  ["gebied:BU1", 5],
  ["gebied:WK1", 5],
  ["gebied:BU9", 0],
  ["dag:za", 3],
  ["uur:0-5", 2],
  ["uur:22-2", 3],
  ["uur:onbekend", 1],
  ["uur:24-3", null],
  ["dag:xx", null],
  ["iets:anders", null],
])("%s", (choice, count) => expect(countOf(counts, choice)).toBe(count));
