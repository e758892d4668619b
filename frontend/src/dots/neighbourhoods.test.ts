// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { arrange } from "./dots";
import { parseFilter } from "./filter";
import { decode } from "./message";
import { areaClasses, countAreas } from "./neighbourhoods";
import { encode } from "./sample";
import { Selector } from "./select";

const row = (area: number, kind = 0, date = "2026-06-04") => ({ x: 150_001, y: 450_001, date, kind, hour: 31, area });
const rows = [...Array(5).fill(row(0)), ...Array(10).fill(row(1)), ...Array(5).fill(row(1, 1)), row(2)];
const dots = arrange(decode(encode(rows, { fine: false })));
const counted = (query = "") =>
  Object.fromEntries(countAreas(dots, new Selector(dots).apply(parseFilter(new URLSearchParams(query)))));

it("counts what is chosen, by neighbourhood, and nothing outside one", () => {
  expect(counted()).toEqual({ BU1: 5, BU2: 15 });
  expect(counted("soort=vandalism")).toEqual({ BU2: 5 });
  expect(counted("tot=2026-06-01")).toEqual({});
});

it("begins each class at a multiple of five, and the first at five", () => {
  for (const most of [5, 10, 15, 55, 1220, 4305]) {
    const begins = areaClasses(new Map([["BU1", most]]));
    expect(begins[0]).toBe(5);
    expect(begins.every((begin, k) => begin % 5 === 0 && (k === 0 || begin > begins[k - 1]))).toBe(true);
    expect(begins[begins.length - 1]).toBeLessThanOrEqual(most);
  }
  expect(areaClasses(new Map())).toEqual([5]);
});
