// SPDX-License-Identifier: EUPL-1.2
/** Counts of dots in squares of the town, and blurs over them. */

import type { Dots } from "./dots";
import type { Selection } from "./select";

/** Values of squares, row by row from the south-west; column 0 begins at `left`, row 0 at `bottom`. */
export interface Raster {
  left: number;
  bottom: number;
  cell: number;
  columns: number;
  rows: number;
  values: Float32Array;
}

/** Return the extent of all dots in metres; of no dots, of the origin. */
export function dotsExtent(dots: Dots): [number, number, number, number] {
  let [x0, y0, x1, y1] = [65535, 65535, 0, 0];
  for (let i = 0; i < dots.n; i++) {
    const [x, y] = [dots.x[i], dots.y[i]];
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
  }
  if (!dots.n) [x0, y0, x1, y1] = [0, 0, 0, 0];
  const { origin, step_m: step } = dots.header;
  return [origin[0] + step * x0, origin[1] + step * y0, origin[0] + step * x1, origin[1] + step * y1];
}

/** Make an empty raster over an extent with air round it, its lines on whole multiples of the cell (as grids in RD). */
export function emptyRaster(extent: [number, number, number, number], cell: number, air: number): Raster {
  const left = Math.floor((extent[0] - air) / cell) * cell;
  const bottom = Math.floor((extent[1] - air) / cell) * cell;
  const columns = Math.floor((extent[2] + air - left) / cell) + 1;
  const rows = Math.floor((extent[3] + air - bottom) / cell) + 1;
  return { left, bottom, cell, columns, rows, values: new Float32Array(columns * rows) };
}

/** Add the selected dots whose precision is asked to a raster; those outside it are left out. */
export function addDots(raster: Raster, dots: Dots, { fails, low, high }: Selection, precisions: boolean[]): void {
  const { x, y, precision, header } = dots;
  const { values, columns, rows, cell } = raster;
  const wanted = Uint8Array.from({ length: 8 }, (_, p) => (precisions[p] ? 1 : 0));
  const scale = header.step_m / cell;
  const dx = (header.origin[0] - raster.left) / cell;
  const dy = (header.origin[1] - raster.bottom) / cell;
  for (let i = low; i < high; i++) {
    if (fails[i] !== 0 || wanted[precision[i]] === 0) continue;
    const column = Math.floor(x[i] * scale + dx);
    const row = Math.floor(y[i] * scale + dy);
    if (column >= 0 && column < columns && row >= 0 && row < rows) values[row * columns + column]++;
  }
}

/** Average each value with `reach` neighbours on either side, in rows and then in columns; outside there is nothing. */
export function boxBlur({ values, columns, rows }: Raster, reach: number): void {
  const along = new Float32Array(columns);
  for (let row = 0; row < rows; row++) blurLine(values, row * columns, 1, columns, reach, along);
  const share = 1 / (2 * reach + 1);
  const sums = new Float32Array(columns); // all columns at once: a column by itself would leave the cache each step
  const blurred = new Float32Array(values.length);
  for (let row = 0; row < Math.min(reach, rows); row++)
    for (let column = 0; column < columns; column++) sums[column] += values[row * columns + column];
  for (let row = 0; row < rows; row++) {
    const enters = (row + reach) * columns;
    const leaves = (row - reach - 1) * columns;
    for (let column = 0; column < columns; column++) {
      if (row + reach < rows) sums[column] += values[enters + column];
      if (leaves >= 0) sums[column] -= values[leaves + column];
      blurred[row * columns + column] = sums[column] * share;
    }
  }
  values.set(blurred);
}

function blurLine(
  values: Float32Array,
  start: number,
  step: number,
  length: number,
  reach: number,
  out: Float32Array,
): void {
  const share = 1 / (2 * reach + 1);
  let sum = 0;
  for (let i = 0; i < Math.min(reach, length); i++) sum += values[start + i * step];
  for (let i = 0; i < length; i++) {
    if (i + reach < length) sum += values[start + (i + reach) * step];
    if (i > reach) sum -= values[start + (i - reach - 1) * step];
    out[i] = sum * share;
  }
  for (let i = 0; i < length; i++) values[start + i * step] = out[i];
}
