// SPDX-License-Identifier: EUPL-1.2
/** Paints one circle a place, its area in proportion to the reports there; the largest below. */

import type { Dots } from "./dots";
import { LABEL_FROM, type Label } from "./label";
import { MIXED, pixel, typeStyles } from "./palette";
import type { Places } from "./places";
import type { Selection } from "./select";
import { makeSprite, stamp } from "./sprite";
import { MARGIN, REACH, type Surface } from "./surface";
import { dotRadius, type View } from "./view";

/** Circles with a larger radius, in pixels, have a white line round them. */
const OUTLINED = 2;
/** One report is a smaller circle than a dot is, because circles grow. */
const SHRUNK = 0.75;

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

/** Circles up to this count are painted as sprites, made once, when they are small enough for one. */
const SMALL = 4;

export function paintGraduated(
  surface: Surface,
  view: View,
  dots: Dots,
  places: Places,
  counts: Uint32Array,
  colour: string,
): Label[] {
  const { origin, step_m: step } = dots.header;
  const one = SHRUNK * dotRadius(view, dots.n);
  const left = (origin[0] - view.left) / view.resolution;
  const top = (view.top - origin[1]) / view.resolution;
  const scale = step / view.resolution;
  const small = Math.min(SMALL, Math.floor(((REACH - 3) / one) ** 2));
  const sizes: number[][] = Array.from({ length: small + 1 }, () => []); // by count; the large ones together at 0
  for (let place = 0; place < places.n; place++) {
    const count = counts[place];
    if (count === 0) continue;
    const x = left + places.x[place] * scale;
    const y = top - places.y[place] * scale;
    const reach = circleRadius(one, count) + 2;
    if (x > -reach && y > -reach && x < view.width + reach && y < view.height + reach)
      sizes[count <= small ? count : 0].push(place);
  }
  const labels: Label[] = [];
  const [solid, line] = [pixel(colour), pixel("#ffffff")];
  for (const place of sizes[0].sort((a, b) => counts[b] - counts[a])) {
    const [x, y] = [left + places.x[place] * scale, top - places.y[place] * scale];
    const radius = circleRadius(one, counts[place]);
    if (radius > OUTLINED) surface.disc(x, y, radius + view.ratio, line);
    surface.disc(x, y, radius, solid);
    if (radius > LABEL_FROM * view.ratio) labels.push({ x, y, text: String(counts[place]), light: true });
  }
  for (let count = small; count > 0; count--) {
    const radius = circleRadius(one, count);
    const sprite = makeSprite("circle", radius, colour, radius > OUTLINED ? view.ratio : 0, surface.stride);
    for (const place of sizes[count]) {
      const x = left + places.x[place] * scale + MARGIN;
      const y = top - places.y[place] * scale + MARGIN;
      if (x < REACH || y < REACH || x >= surface.stride - REACH || y >= surface.rows - REACH) continue;
      stamp(surface.pixels, (y | 0) * surface.stride + (x | 0), sprite);
    }
  }
  return labels;
}
