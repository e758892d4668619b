// SPDX-License-Identifier: EUPL-1.2
/** Puts a sprite at each pixel of a list; apart for the smallest dots, of which there may be hundreds of thousands. */

import type { Marks } from "./marks";
import { stamp, type Sprite } from "./sprite";
import type { Surface } from "./surface";

/** Dots up to this radius in pixels are three by three. */
export const TINY_RADIUS = 1.5;
const TINY_PIXELS = 9;

/** Put a sprite at each mark: mark 1 stands for the first sprite. */
export function stampMarks({ pixels, stride }: Surface, marks: Marks, sprites: Sprite[]): void {
  const count = marks.collect();
  const { bytes, list } = marks;
  if (sprites.every(({ offsets }) => offsets.length === TINY_PIXELS)) stampTiny(pixels, stride, marks, count, sprites);
  else for (let i = 0; i < count; i++) stamp(pixels, list[i], sprites[bytes[list[i]] - 1]);
}

/** The same for sprites of three by three pixels, written out: eight times as fast. */
function stampTiny(
  pixels: Uint32Array,
  stride: number,
  { bytes, list }: Marks,
  count: number,
  sprites: Sprite[],
): void {
  const solid = Uint32Array.from([0, ...sprites.map(({ values }) => values[values.length - 1])]);
  const corner = Uint32Array.from([0, ...sprites.map(({ values }) => values[0])]);
  for (let i = 0; i < count; i++) {
    const at = list[i];
    const mark = bytes[at];
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
