// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { arrange } from "./dots";
import { decode } from "./message";
import { findPlaces, placeAt } from "./places";
import { encode, type Row } from "./sample";

const row = (x: number, y: number, precision = 0): Row => ({
  x: 150_000 + x,
  y: 450_000 + y,
  date: "2026-06-01",
  kind: 0,
  hour: 3,
  precision,
});
const dots = arrange(decode(encode([row(100, 100), row(100, 100), row(110, 100), row(100, 100, 1), row(60_000, 9)])));
const places = findPlaces(dots);
const all = new Uint32Array(places.n).fill(1);
const found = (x: number, y: number, reach: number, discs: number[], counts = all) => {
  const place = placeAt(places, counts, x, y, reach, discs);
  return place === null ? null : [places.x[place], places.y[place], places.precision[place]];
};

it("gives dots on the same place, as precise, the same number", () => {
  expect(places.n).toBe(4);
  expect(places.of[0]).toBe(places.of[1]);
  expect(places.of[3]).not.toBe(places.of[0]);
});

it("gives as many numbers as there are places, in a large town", () => {
  const many = Array.from({ length: 5000 }, (_, i) => row((i * 7919) % 40_000, (i * 104_729) % 30_000));
  const distinct = new Set(many.map(({ x, y }) => `${x} ${y}`)).size;
  expect(findPlaces(arrange(decode(encode([...many, ...many])))).n).toBe(distinct);
});

describe("the place under the pointer", () => {
  it("is the nearest within reach", () => {
    expect(found(106, 100, 8, [0, 0])).toEqual([110, 100, 0]);
    expect(found(130, 100, 8, [0, 0])).toBeNull();
  });
  it("is the disc when no dot is near, and the dot before the disc that it lies in", () => {
    expect(found(150, 100, 5, [0, 62])).toEqual([100, 100, 1]);
    expect(found(111, 100, 5, [0, 62])).toEqual([110, 100, 0]);
    expect(found(170, 100, 5, [0, 62])).toBeNull();
  });
  it("is found in the neighbouring cell of the grid and at the edge of the town", () => {
    expect(found(59_998, 0, 12, [0, 0])).toEqual([60_000, 9, 0]);
    expect(found(-5, -5, 2, [0, 0])).toBeNull();
  });
  it("has a selected report", () => {
    const counts = all.slice();
    counts[places.of[2]] = 0;
    expect(found(110, 100, 8, [0, 0], counts)).toBeNull();
  });
});
