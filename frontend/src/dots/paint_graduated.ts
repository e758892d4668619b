// SPDX-License-Identifier: EUPL-1.2
/** Paints one circle a place, its area in proportion to the reports there; the largest below. */

import type { Dots } from "./dots";
import { LABEL_FROM, type Label } from "./label";
import type { Marks } from "./marks";
import { MIXED, pixel } from "./palette";
import type { Places } from "./places";
import type { Selection } from "./select";
import { makeSprite, stamp, type CircleSprites } from "./sprite";
import { stampMarks } from "./stamp";
import { MARGIN, REACH, type Surface } from "./surface";
import { dotRadius, type View } from "./view";

/** Circles with a larger radius, in pixels, have a white line round them. */
const OUTLINED = 2;
/** One report is a smaller circle than a dot is, because circles grow. */
const SHRUNK = 0.75;
/** Largest radius in pixels of a circle that is painted as a sprite. */
const SPRITE = REACH - 4;

/** Return how many selected dots each place has. */
export function countPlaces(places: Places, { fails, low, high }: Selection): Uint32Array {
  const counts = new Uint32Array(places.n);
  for (let i = low; i < high; i++) counts[places.of[i]] += fails[i] === 0 ? 1 : 0;
  return counts;
}

/** Return the radius of a circle of so many reports, in pixels of the picture. */
export function circleRadius(view: View, dots: Dots, count: number): number {
  return SHRUNK * dotRadius(view, dots.n) * Math.sqrt(count);
}

/** Return the colour of the circles: that of the type when only one is selected, else that of several. */
export function circleColour({ header }: Dots, { counts }: Selection): string {
  const passing = new Set(header.kinds.filter((_, kind) => counts.kinds[kind] > 0).map((kind) => kind.colour));
  const [colour] = passing;
  return passing.size === 1 ? colour : MIXED;
}

/** Most reports of a circle that is small: it lies above the large ones, and stands for its pixel. */
const SMALL = 4;

export function paintGraduated(
  surface: Surface,
  view: View,
  dots: Dots,
  places: Places,
  counts: Uint32Array,
  colour: string,
  marks: Marks,
  sprites: CircleSprites,
): Label[] {
  const { origin, step_m: step } = dots.header;
  const one = circleRadius(view, dots, 1);
  const left = (origin[0] - view.left) / view.resolution + MARGIN;
  const top = (view.top - origin[1]) / view.resolution + MARGIN;
  const scale = step / view.resolution;
  const small = Math.min(SMALL, Math.floor((SPRITE / one) ** 2));
  const large: number[] = [];
  marks.clear(surface);
  const { bytes, bounds } = marks;
  for (let place = 0; place < places.n; place++) {
    const count = counts[place];
    if (count === 0) continue;
    const x = left + places.x[place] * scale;
    const y = top - places.y[place] * scale;
    if (count > small) {
      const reach = one * Math.sqrt(count) + 2;
      if (x > -reach && y > -reach && x < surface.stride + reach && y < surface.rows + reach)
        large.push(count * 2 ** 32 + place); // sorts by count
    } else if (x >= bounds.left && x < bounds.right && y >= bounds.top && y < bounds.bottom) {
      const at = (y | 0) * surface.stride + (x | 0);
      if (bytes[at] < count) bytes[at] = count;
    }
  }
  const key = `${one} ${view.ratio} ${colour} ${surface.stride}`;
  const circle = (count: number) =>
    sprites.get(key, count, () => {
      const radius = one * Math.sqrt(count);
      return makeSprite("circle", radius, colour, radius > OUTLINED ? view.ratio : 0, surface.stride);
    });
  const labels: Label[] = [];
  const [solid, line] = [pixel(colour), pixel("#ffffff")];
  for (const key of Float64Array.from(large).sort().reverse()) {
    const place = key % 2 ** 32;
    const count = counts[place];
    const [x, y] = [left + places.x[place] * scale, top - places.y[place] * scale];
    const radius = one * Math.sqrt(count);
    const inside = x >= bounds.left && x < bounds.right && y >= bounds.top && y < bounds.bottom;
    if (radius <= SPRITE && inside) {
      stamp(surface.pixels, (y | 0) * surface.stride + (x | 0), circle(count));
    } else {
      surface.disc(x - MARGIN, y - MARGIN, radius + view.ratio, solid, line, view.ratio);
    }
    if (radius > LABEL_FROM * view.ratio)
      labels.push({ x: x - MARGIN, y: y - MARGIN, text: String(count), light: true });
  }
  if (small)
    stampMarks(
      surface,
      marks,
      Array.from({ length: small }, (_, k) => circle(k + 1)),
    );
  return labels;
}
