// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { arrange } from "./dots";
import { decode } from "./message";
import { inRing, type Ring } from "./polygon";
import { encode } from "./sample";

const at = (x: number, y: number) => ({ x: 150_000 + x, y: 450_000 + y, date: "2026-06-01", kind: 0, hour: 3 });

function inside(ring: Ring, points: [number, number][]): number[] {
  const dots = arrange(decode(encode(points.map(([x, y]) => at(x, y)))));
  return [
    ...inRing(
      dots,
      ring.map(([x, y]) => [150_000 + x, 450_000 + y]),
    ),
  ];
}

it("a square holds its inside, its sides and its corners", () => {
  const square: Ring = [
    [10, 10],
    [20, 10],
    [20, 20],
    [10, 20],
  ];
  expect(
    inside(square, [
      [15, 15],
      [10, 15],
      [20, 15],
      [15, 10],
      [15, 20],
      [10, 10],
      [20, 20],
    ]),
  ).toEqual(Array(7).fill(1));
  expect(
    inside(square, [
      [9, 15],
      [21, 15],
      [15, 9],
      [15, 21],
      [9, 9],
    ]),
  ).toEqual(Array(5).fill(0));
});

it("a slanting side is in, one metre out is not", () => {
  const triangle: Ring = [
    [0, 0],
    [30, 10],
    [0, 20],
  ];
  expect(
    inside(triangle, [
      [15, 5],
      [15, 4],
      [15, 15],
      [15, 16],
      [30, 10],
      [31, 10],
    ]),
  ).toEqual([1, 0, 1, 0, 1, 0]);
});

it("where a lasso crosses itself, twice round is out", () => {
  const bow: Ring = [
    [0, 0],
    [20, 20],
    [20, 0],
    [0, 20],
  ];
  expect(
    inside(bow, [
      [2, 10],
      [18, 10],
      [10, 2],
      [10, 18],
      [10, 10],
    ]),
  ).toEqual([1, 1, 0, 0, 1]);
});
