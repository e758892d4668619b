// SPDX-License-Identifier: EUPL-1.2
import { transform } from "ol/proj.js";
import { expect, it } from "vitest";
import { mapProjection, RD } from "./projection";

it("places known points of the Netherlands to within a metre of RDNAPTRANS", () => {
  mapProjection(RD);
  const points: [number, number, number, number][] = [
    [5.38720621, 52.1551744, 155_000, 463_000], // Amersfoort, Our Lady's tower: the origin
    [4.8846, 52.3732, 120_773, 487_377], // near Dam square, by pyproj
  ];
  for (const [lon, lat, x, y] of points) {
    const [rx, ry] = transform([lon, lat], "EPSG:4326", RD);
    expect(Math.hypot(rx - x, ry - y)).toBeLessThan(1);
  }
});

it("takes another system as metres on a plane", () => {
  expect(mapProjection("EPSG:26971").getUnits()).toBe("m");
});
