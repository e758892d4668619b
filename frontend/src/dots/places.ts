// SPDX-License-Identifier: EUPL-1.2
/** Dots on exactly the same place, found once; and a grid over the places to find the one under the pointer. */

import type { Dots } from "./dots";

const CELL = 8; // a cell of the grid is 2 ** 8 steps wide
const WIDE = 65536 >> CELL;

export interface Places {
  n: number;
  /** Number of the place of each dot. */
  of: Uint32Array;
  x: Uint16Array;
  y: Uint16Array;
  /** Index in the header's precisions. */
  precision: Uint8Array;
  /** Places in the order of the grid's cells; those of cell c are order[start[c]] … order[start[c + 1] - 1]. */
  order: Uint32Array;
  start: Uint32Array;
}

/** Give each (x, y, precision) a number. */
export function findPlaces(dots: Dots): Places {
  const { n, x, y } = dots;
  let size = 1024;
  while (size < n * 2) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const of = new Uint32Array(n);
  const [px, py, precision] = [new Uint16Array(n), new Uint16Array(n), new Uint8Array(n)];
  let count = 0;
  for (let i = 0; i < n; i++) {
    const fine = dots.precision[i];
    let slot = (Math.imul(x[i] | (y[i] << 16), 0x9e3779b1) ^ Math.imul(fine, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    let at = table[slot];
    while (at >= 0 && (px[at] !== x[i] || py[at] !== y[i] || precision[at] !== fine)) {
      slot = (slot + 1) & (size - 1);
      at = table[slot];
    }
    if (at < 0) {
      at = table[slot] = count++;
      px[at] = x[i];
      py[at] = y[i];
      precision[at] = fine;
    }
    of[i] = at;
  }
  return { n: count, of, x: px.slice(0, count), y: py.slice(0, count), precision, ...index(px, py, count) };
}

function index(x: Uint16Array, y: Uint16Array, count: number): Pick<Places, "order" | "start"> {
  const start = new Uint32Array(WIDE * WIDE + 1);
  const cell = (i: number) => (y[i] >> CELL) * WIDE + (x[i] >> CELL);
  for (let i = 0; i < count; i++) start[cell(i) + 1]++;
  for (let c = 0; c < WIDE * WIDE; c++) start[c + 1] += start[c];
  const next = start.slice(0, -1);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[next[cell(i)]++] = i;
  return { order, start };
}

/** Call for each place in the cells that touch the square of a reach round (x, y), all in steps. */
export function placesNear(places: Places, x: number, y: number, reach: number, tell: (place: number) => void): void {
  const clamp = (value: number) => Math.min(Math.max(Math.floor(value), 0), 65535) >> CELL;
  for (let row = clamp(y - reach); row <= clamp(y + reach); row++) {
    const from = places.start[row * WIDE + clamp(x - reach)];
    const to = places.start[row * WIDE + clamp(x + reach) + 1];
    for (let k = from; k < to; k++) tell(places.order[k]);
  }
}

/**
 * Return the place at (x, y) in steps: the nearest fine place within the reach, else the nearest disc that holds it.
 *
 * @param count how many selected dots each place has; places without are not there
 * @param discs radius in steps of each precision that is shown as a disc, 0 for those shown as a dot
 */
export function placeAt(
  places: Places,
  count: Uint32Array,
  x: number,
  y: number,
  reach: number,
  discs: ArrayLike<number>,
): number | null {
  let best: number | null = null;
  let least = Infinity;
  placesNear(places, x, y, Math.max(reach, ...Array.from(discs)), (place) => {
    if (!count[place]) return;
    const far = Math.hypot(places.x[place] - x, places.y[place] - y);
    const disc = discs[places.precision[place]] ?? 0;
    if (far > Math.max(disc, reach)) return;
    const rank = far + (disc && far > reach ? 1e6 : 0); // a dot that is meant goes before the disc it lies in
    if (rank < least) [best, least] = [place, rank];
  });
  return best;
}
