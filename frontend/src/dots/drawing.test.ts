// SPDX-License-Identifier: EUPL-1.2
import Polygon from "ol/geom/Polygon.js";
import { expect, it } from "vitest";
import { circleRing, ringOf } from "./drawing";

it("a ring has whole metres and each corner once", () => {
  const ring = ringOf(
    new Polygon([
      [
        [0.4, 0],
        [10, 0.2],
        [10.1, 0.3],
        [10, 10],
        [0.4, 0],
      ],
    ]),
  );
  expect(ring).toEqual([
    [0, 0],
    [10, 0],
    [10, 10],
  ]);
});

it("a lasso of thousands of points fits in a URL and keeps its area", () => {
  const points = Array.from({ length: 4000 }, (_, i) => {
    const angle = (i / 4000) * 2 * Math.PI;
    const far = 900 + 100 * Math.sin(9 * angle);
    return [150_000 + far * Math.cos(angle), 450_000 + far * Math.sin(angle)];
  });
  const lasso = new Polygon([[...points, points[0]]]);
  const ring = ringOf(lasso);
  expect(ring.length).toBeLessThanOrEqual(120);
  const area = new Polygon([[...ring, ring[0]]]).getArea();
  expect(Math.abs(area / lasso.getArea() - 1)).toBeLessThan(0.02);
});

it("a circle has about its area", () => {
  const ring = circleRing([150_000, 450_000], 250);
  expect(new Polygon([[...ring, ring[0]]]).getArea() / (Math.PI * 250 ** 2)).toBeGreaterThan(0.98);
});
