// SPDX-License-Identifier: EUPL-1.2
/** Puts a sprite at each pixel of a list; apart for the smallest dots, of which there may be hundreds of thousands. */

import { stamp, type Sprite } from "./sprite";
import type { Surface } from "./surface";

/** Dots up to this radius in pixels are three by three. */
export const TINY_RADIUS = 1.5;

/**
 * Put sprites.
 *
 * @param marks for each pixel of the surface the number of its sprite, counted from 1
 * @param list pixels, row by row, of which the first `count` are used
 */
export function stampAll(
  { pixels }: Surface,
  marks: Uint8Array,
  list: Int32Array,
  count: number,
  sprites: Sprite[],
): void {
  for (let i = 0; i < count; i++) stamp(pixels, list[i], sprites[marks[list[i]] - 1]);
}

/** The same for sprites of three by three pixels, written out: eight times as fast. */
export function stampTiny(
  { pixels, stride }: Surface,
  marks: Uint8Array,
  list: Int32Array,
  count: number,
  sprites: Sprite[],
): void {
  const solid = Uint32Array.from([0, ...sprites.map(({ values }) => values[values.length - 1])]);
  const corner = Uint32Array.from([0, ...sprites.map(({ values }) => values[0])]);
  for (let i = 0; i < count; i++) {
    const at = list[i];
    const mark = marks[at];
    const colour = solid[mark];
    const soft = corner[mark];
    const above = at - stride;
    const below = at + stride;
    if (pixels[above - 1] === 0) pixels[above - 1] = soft;
    if (pixels[above + 1] === 0) pixels[above + 1] = soft;
    if (pixels[below - 1] === 0) pixels[below - 1] = soft;
    if (pixels[below + 1] === 0) pixels[below + 1] = soft;
    pixels[above] = colour;
    pixels[at - 1] = colour;
    pixels[at] = colour;
    pixels[at + 1] = colour;
    pixels[below] = colour;
  }
}
