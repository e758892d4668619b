// SPDX-License-Identifier: EUPL-1.2
/** Paints one circle a place, its area in proportion to the reports there; the largest below. */

import type { Dots } from "./dots";
import { MIXED, pixel, typeStyles } from "./palette";
import type { Places } from "./places";
import type { Selection } from "./select";
import type { Surface } from "./surface";
import { dotRadius, type View } from "./view";

/** Return how many selected dots each place has. */
export function countPlaces(places: Places, { fails, low, high }: Selection): Uint32Array {
  const counts = new Uint32Array(places.n);
  for (let i = low; i < high; i++) counts[places.of[i]] += fails[i] === 0 ? 1 : 0;
  return counts;
}

/** Return the radius of a place with a number of reports, in pixels of the picture. */
export function circleRadius(one: number, count: number): number {
  return one * Math.sqrt(count);
}

/** Return the colour of the circles: that of the type when only one is selected, else that of several. */
export function circleColour(dots: Dots, selection: Selection): string {
  const { types } = selection.counts;
  const passing = new Set<string>();
  const { kind } = dots;
  if ([...types.values()].every((count) => count === 0)) return MIXED;
  const seen = new Uint8Array(256);
  for (let i = selection.low; i < selection.high; i++) if (selection.fails[i] === 0) seen[kind[i]] = 1;
  dots.header.kinds.forEach(({ crime_type }, k) => seen[k] && passing.add(crime_type));
  if (passing.size !== 1) return MIXED;
  return typeStyles(dots.header).find(({ type }) => passing.has(type))?.colour ?? MIXED;
}

/** Return the places to paint, those with most reports first. */
function largestFirst(counts: Uint32Array, visible: number[]): number[] {
  return visible.sort((a, b) => counts[b] - counts[a]);
}

export function paintGraduated(
  surface: Surface,
  view: View,
  dots: Dots,
  places: Places,
  counts: Uint32Array,
  colour: string,
): void {
  const { origin, step_m: step } = dots.header;
  const one = dotRadius(view, dots.n);
  const [solid, line] = [pixel(colour), pixel("#ffffff")];
  const [left, top] = [(origin[0] - view.left) / view.resolution, (view.top - origin[1]) / view.resolution];
  const scale = step / view.resolution;
  const visible: number[] = [];
  for (let place = 0; place < places.n; place++) {
    if (counts[place] === 0) continue;
    const x = left + places.x[place] * scale;
    const y = top - places.y[place] * scale;
    const reach = circleRadius(one, counts[place]) + 2;
    if (x > -reach && y > -reach && x < view.width + reach && y < view.height + reach) visible.push(place);
  }
  for (const place of largestFirst(counts, visible)) {
    const [x, y] = [left + places.x[place] * scale, top - places.y[place] * scale];
    const radius = circleRadius(one, counts[place]);
    if (radius > 3) surface.disc(x, y, radius + view.ratio, line);
    surface.disc(x, y, radius, solid);
  }
}
