// SPDX-License-Identifier: EUPL-1.2
/** What lies where someone points: the selected dots of one place, or of one square. */

import { dutchDate, WEEKDAY_NAMES } from "./days";
import type { Dots } from "./dots";
import { countPlaces } from "./paint_graduated";
import type { Painted, Painter } from "./painter";
import { placeAt } from "./places";
import { UNKNOWN_HOUR, type Selection } from "./select";
import { discRadii, dotRadius, type View } from "./view";

/** Radius round a place, in metres, of what is called near. */
export const NEAR_M = 100;
const FINGER = 9; // pixels of the style sheet

export interface Found {
  /** Middle of the place or square, in metres. */
  at: [number, number];
  /** Numbers of the dots, newest first. */
  dots: number[];
  /** Side of the square that was asked, or 0 for a place. */
  square: number;
  /** Side of the square in which the reports lie, in metres. */
  precision: number;
  /** Selected dots within NEAR_M of the place, without its own. */
  near: number;
}

function select({ fails, low, high }: Selection, fits: (dot: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = high - 1; i >= low; i--) if (fails[i] === 0 && fits(i)) found.push(i);
  return found;
}

/** Return what lies at (x, y) in metres, or null. */
export function findAt(
  painter: Painter,
  selection: Selection,
  painted: Painted,
  view: View,
  x: number,
  y: number,
): Found | null {
  const { dots } = painter;
  const { origin, step_m: step, precisions_m: precisions } = dots.header;
  const metres = (i: number): [number, number] => [origin[0] + step * dots.x[i], origin[1] + step * dots.y[i]];
  if (painted.mode === "vakken") {
    const side = painted.metres;
    const [left, bottom] = [Math.floor(x / side) * side, Math.floor(y / side) * side];
    const found = select(selection, (i) => {
      const [dx, dy] = metres(i);
      return dx >= left && dx < left + side && dy >= bottom && dy < bottom + side;
    });
    const coarsest = found.reduce((most, i) => Math.max(most, precisions[dots.precision[i]]), 0);
    return found.length
      ? { at: [left + side / 2, bottom + side / 2], dots: found, square: side, precision: coarsest, near: 0 }
      : null;
  }
  const places = painter.places;
  const dot = dotRadius(view, dots.n);
  const reach = (Math.max(FINGER * view.ratio, dot) * view.resolution) / step;
  const discs = discRadii(view, precisions, dots.precisionCounts, dot).map((radius) => radius / step);
  const counts = countPlaces(places, selection);
  const place = placeAt(places, counts, (x - origin[0]) / step, (y - origin[1]) / step, reach, discs);
  if (place === null) return null;
  const at: [number, number] = [origin[0] + step * places.x[place], origin[1] + step * places.y[place]];
  const own = select(selection, (i) => places.of[i] === place);
  const near = select(selection, (i) => {
    const [dx, dy] = metres(i);
    return places.of[i] !== place && (dx - at[0]) ** 2 + (dy - at[1]) ** 2 <= NEAR_M ** 2;
  });
  return { at, dots: own, square: 0, precision: precisions[places.precision[place]], near: near.length };
}

/** Return what may be told of a dot: what, when, where, from whom. */
export function describe(dots: Dots, dot: number): { type: string; when: string; where: string; source: string } {
  const { kinds, areas } = dots.header;
  const hour = dots.slot[dot] & 31;
  const clock = hour === UNKNOWN_HOUR ? "tijd niet bekend" : `tussen ${hour} en ${hour + 1} uur`;
  return {
    type: kinds[dots.kind[dot]].label,
    when: `${WEEKDAY_NAMES[dots.slot[dot] >> 5]} ${dutchDate(dots.firstDay + dots.day[dot])}, ${clock}`,
    where: areas[dots.area[dot]].name,
    source: kinds[dots.kind[dot]].source_label,
  };
}
