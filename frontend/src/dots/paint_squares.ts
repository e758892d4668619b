// SPDX-License-Identifier: EUPL-1.2
/** Counts in squares on the grid's own lines; larger squares when zoomed out. */

import type { Dots } from "./dots";
import type { Label } from "./label";
import { classColours, pixel } from "./palette";
import { addDots, emptyRaster, type Raster } from "./raster";
import type { Selection } from "./select";
import type { Surface } from "./surface";
import type { View } from "./view";

const LEAST_PIXELS = 9;
/** From this size of a square on, in pixels of the style sheet, its count stands in it. */
const NUMBERS_FROM = 30;

/** Return the side of the squares in metres: the grid's own, or twice, four times … so that the eye can part them. */
export function squareSide(view: View, cell: number): number {
  let side = cell;
  while (side / view.resolution < LEAST_PIXELS * view.ratio && side < cell * 64) side *= 2;
  return side;
}

/** Return the counts of the selected dots in squares. */
export function countSquares(
  dots: Dots,
  selection: Selection,
  extent: [number, number, number, number],
  side: number,
): Raster {
  const raster = emptyRaster(extent, side, 0);
  addDots(
    raster,
    dots,
    selection,
    dots.header.precisions_m.map(() => true),
  );
  return raster;
}

/** Return the class of a value: how many classes begin at or below it, less one; −1 below the first. */
export function classOf(value: number, begins: number[]): number {
  let found = -1;
  while (found + 1 < begins.length && value >= begins[found + 1]) found++;
  return found;
}

/** Call for each square with reports in the view: its pixels and count. */
export function squaresIn(
  view: View,
  raster: Raster,
  tell: (left: number, top: number, right: number, bottom: number, count: number) => void,
): void {
  const { cell, columns, rows, values } = raster;
  const column = (metres: number) => Math.floor((metres - raster.left) / cell);
  const row = (metres: number) => Math.floor((metres - raster.bottom) / cell);
  const lastColumn = Math.min(columns - 1, column(view.left + view.width * view.resolution));
  const lastRow = Math.min(rows - 1, row(view.top));
  for (let r = Math.max(0, row(view.top - view.height * view.resolution)); r <= lastRow; r++)
    for (let c = Math.max(0, column(view.left)); c <= lastColumn; c++) {
      const count = values[r * columns + c];
      if (count === 0) continue;
      const left = Math.round((raster.left + c * cell - view.left) / view.resolution);
      const right = Math.round((raster.left + (c + 1) * cell - view.left) / view.resolution);
      const top = Math.round((view.top - raster.bottom - (r + 1) * cell) / view.resolution);
      const bottom = Math.round((view.top - raster.bottom - r * cell) / view.resolution);
      tell(left, top, right, bottom, count);
    }
}

/** Paint; returns the counts to write in the squares, when these are large enough. */
export function paintSquares(surface: Surface, view: View, raster: Raster, begins: number[]): Label[] {
  const labels: Label[] = [];
  const written = raster.cell / view.resolution >= NUMBERS_FROM * view.ratio;
  const colours = classColours(begins.length).map((colour) => pixel(colour, 0.72));
  const gap = raster.cell / view.resolution > 14 ? 1 : 0;
  squaresIn(view, raster, (left, top, right, bottom, count) => {
    const found = classOf(count, begins);
    if (found < 0) return;
    surface.box(left, top, right - gap, bottom - gap, colours[found]);
    const light = begins.length > 1 && found === begins.length - 1; // white is read on the darkest only
    if (written) labels.push({ x: (left + right) / 2, y: (top + bottom) / 2, text: String(count), light });
  });
  return labels;
}
