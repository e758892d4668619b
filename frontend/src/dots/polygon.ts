// SPDX-License-Identifier: EUPL-1.2
/**
 * Which dots lie in a drawn area: even-odd, its border included.
 *
 * Corners are whole metres and dots lie on whole steps, so that everything is exact. Rows are worked out once and then
 * each dot looks only at the crossings of its own row: a lasso of 500 corners costs hardly more than a square.
 */

import type { Dots } from "./dots";

export type Ring = [number, number][];

/** Return the x's where the ring crosses the line at height y, sorted; between each pair lies inside. */
function crossings(ring: Ring, y: number): number[] {
  const found: number[] = [];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y) found.push(xi + ((y - yi) * (xj - xi)) / (yj - yi));
  }
  return found.sort((a, b) => a - b);
}

function onBorder(ring: Ring, x: number, y: number): boolean {
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if ((xj - xi) * (y - yi) !== (yj - yi) * (x - xi)) continue;
    if (x >= Math.min(xi, xj) && x <= Math.max(xi, xj) && y >= Math.min(yi, yj) && y <= Math.max(yi, yj)) return true;
  }
  return false;
}

/** Return 1 for each dot in the ring, 0 for others. */
export function inRing(dots: Dots, ring: Ring): Uint8Array {
  const { x, y, n, header } = dots;
  const [x0, y0] = header.origin;
  const step = header.step_m;
  const inside = new Uint8Array(n);
  const xs = ring.map((corner) => corner[0]);
  const ys = ring.map((corner) => corner[1]);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const rows = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const px = x0 + step * x[i];
    const py = y0 + step * y[i];
    if (px < left || px > right || py < bottom || py > top) continue;
    let row = rows.get(y[i]);
    if (!row) rows.set(y[i], (row = crossings(ring, py)));
    let before = 0;
    while (before < row.length && row[before] <= px) before++;
    if (before % 2 || onBorder(ring, px, py)) inside[i] = 1;
  }
  return inside;
}
