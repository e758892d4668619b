// SPDX-License-Identifier: EUPL-1.2
/**
 * Density of reports per km², smoothed over a radius that the legend names.
 *
 * A report counts within the radius round it and nowhere else: three box blurs whose reaches add up to the radius, close
 * to a Gaussian of a third of it. A report that is less precise than a cell is first spread over the square in which it
 * lies. Worked out for the whole town once a filter, so that classes do not change when the map is moved.
 */

import type { Dots } from "./dots";
import { classColours, pixel } from "./palette";
import { addDots, boxBlur, emptyRaster, type Raster } from "./raster";
import type { Selection } from "./select";
import { MARGIN, type Surface } from "./surface";
import type { View } from "./view";

const MOST_CELLS = 600_000;

/** Return densities per km². */
export function density(
  dots: Dots,
  selection: Selection,
  extent: [number, number, number, number],
  radius: number,
): Raster {
  const [width, height] = [extent[2] - extent[0] + 2 * radius, extent[3] - extent[1] + 2 * radius];
  const reach = (width * height) / (radius / 7.5) ** 2 > MOST_CELLS ? 1 : 2; // in cells, of each of the three blurs
  const cell = radius / (3 * (reach + 0.5));
  const precisions = dots.header.precisions_m;
  const whole = emptyRaster(extent, cell, radius + Math.max(0, ...precisions));
  addDots(
    whole,
    dots,
    selection,
    precisions.map((side) => side <= 2 * cell),
  );
  precisions.forEach((side, wanted) => {
    if (side <= 2 * cell) return;
    const coarse = { ...whole, values: new Float32Array(whole.values.length) };
    addDots(
      coarse,
      dots,
      selection,
      precisions.map((_, p) => p === wanted),
    );
    boxBlur(coarse, Math.round((side / cell - 1) / 2));
    coarse.values.forEach((value, i) => (whole.values[i] += value));
  });
  for (let time = 0; time < 3; time++) boxBlur(whole, reach);
  const perKm2 = 1e6 / (cell * cell);
  for (let i = 0; i < whole.values.length; i++) whole.values[i] *= perKm2;
  return whole;
}

/** Return where the classes begin: halves of the densest place, in round numbers. */
export function densityBreaks(raster: Raster): number[] {
  let max = 0;
  for (const value of raster.values) if (value > max) max = value;
  if (max < 1e-6) return [1];
  return [32, 16, 8, 4, 2].map((part) => {
    const value = max / part;
    const power = 10 ** Math.floor(Math.log10(value));
    return Number(((Math.round((value / power) * 2) / 2) * power).toPrecision(2));
  });
}

export function paintDensity(surface: Surface, view: View, raster: Raster, begins: number[]): void {
  const colours = classColours(begins.length).map((colour) => pixel(colour, 0.68));
  const { values, columns, rows, cell } = raster;
  const { pixels, stride } = surface;
  const scale = view.resolution / cell;
  const dx = (view.left - raster.left) / cell - 0.5;
  const dy = (view.top - raster.bottom) / cell - 0.5;
  const first = begins[0];
  const topClass = begins.length - 1;
  for (let py = 0; py < view.height; py++) {
    const fy = dy - (py + 0.5) * scale;
    const row = Math.floor(fy);
    if (row < 0 || row + 1 >= rows) continue;
    const v = fy - row;
    const south = row * columns;
    const north = south + columns;
    const to = (py + MARGIN) * stride + MARGIN;
    const from = Math.max(0, Math.ceil(-dx / scale));
    const until = Math.min(view.width, Math.floor((columns - 1 - dx) / scale));
    for (let px = from; px < until; px++) {
      const fx = dx + (px + 0.5) * scale;
      const column = fx | 0;
      const u = fx - column;
      const west = values[south + column];
      const low = west + (values[south + column + 1] - west) * u;
      const northWest = values[north + column];
      const value = low + (northWest + (values[north + column + 1] - northWest) * u - low) * v;
      if (!(value >= first)) continue;
      let found = topClass;
      while (value < begins[found]) found--;
      pixels[to + px] = colours[found];
    }
  }
}
