// SPDX-License-Identifier: EUPL-1.2
/** The little picture of a dot, worked out once for a shape, size and colour: where its pixels lie, and their values. */

import { pixel, type Shape } from "./palette";

export interface Sprite {
  /** Steps from the middle's pixel in a surface of one stride: first the faint pixels of the edge, then the others. */
  offsets: Int32Array;
  values: Uint32Array;
  /** How many of them are faint. */
  faint: number;
}

const FINE = 4; // looks per pixel, each way
const FAINTEST = 0.15; // a pixel that is covered less costs as much as a whole one and is not seen

/** Is (u, v), with the radius as unit and v downward, in the shape? Shapes have about the same area. */
function within(shape: Shape, u: number, v: number): boolean {
  switch (shape) {
    case "circle":
      return u * u + v * v <= 1;
    case "square":
      return Math.max(Math.abs(u), Math.abs(v)) <= 0.88;
    case "triangle":
      return v <= 0.82 && v >= -1.2 && Math.abs(u) <= (v + 1.2) * 0.62;
    case "wedge":
      return v >= -0.82 && v <= 1.2 && Math.abs(u) <= (1.2 - v) * 0.62;
    case "diamond":
      return Math.abs(u) + Math.abs(v) <= 1.25;
    case "plus":
      return Math.min(Math.abs(u), Math.abs(v)) <= 0.42 && Math.max(Math.abs(u), Math.abs(v)) <= 1.15;
  }
}

function cover(shape: Shape, radius: number, x: number, y: number): number {
  let inside = 0;
  for (let i = 0; i < FINE; i++)
    for (let j = 0; j < FINE; j++)
      if (within(shape, (x + (i + 0.5) / FINE - 0.5) / radius, (y + (j + 0.5) / FINE - 0.5) / radius)) inside++;
  return inside / (FINE * FINE);
}

/**
 * Make a sprite.
 *
 * @param radius in pixels, at most 16
 * @param halo width of the white line round it, in pixels; 0 for none
 */
export function makeSprite(shape: Shape, radius: number, colour: string, halo: number, stride: number): Sprite {
  const pixels: [number, number][] = [];
  const reach = Math.ceil(radius * 1.25 + halo + 0.5);
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) {
      const core = cover(shape, radius, x, y);
      const whole = halo ? cover(shape, radius + halo, x, y) : core;
      if (whole < FAINTEST) continue;
      const value = core > 0.95 ? pixel(colour) : halo ? onWhite(colour, core, whole) : pixel(colour, core);
      pixels.push([y * stride + x, value]);
    }
  const faint = pixels.filter(([, value]) => value >>> 24 < 240);
  const all = [...faint, ...pixels.filter(([, value]) => value >>> 24 >= 240)];
  return {
    offsets: Int32Array.from(all, ([at]) => at),
    values: Uint32Array.from(all, ([, value]) => value),
    faint: faint.length,
  };
}

/** Sprites of circles in one colour by their number of reports, kept from frame to frame: making them takes a while. */
export class CircleSprites {
  #key = "";
  readonly #made = new Map<number, Sprite>();

  /** @param key what they all depend on; another key forgets them */
  get(key: string, count: number, make: () => Sprite): Sprite {
    if (this.#key !== key) this.#made.clear();
    this.#key = key;
    const sprite = this.#made.get(count) ?? make();
    this.#made.set(count, sprite);
    return sprite;
  }
}

/** Paint a sprite at a pixel of the surface; its faint edge only where nothing is yet. */
export function stamp(pixels: Uint32Array, at: number, { offsets, values, faint }: Sprite): void {
  let k = 0;
  for (; k < faint; k++) if (pixels[at + offsets[k]] === 0) pixels[at + offsets[k]] = values[k];
  for (; k < offsets.length; k++) pixels[at + offsets[k]] = values[k];
}

/** The colour of a pixel that is for a part dot and for the rest white line, itself covered for a part. */
function onWhite(hex: string, core: number, whole: number): number {
  const rgb = Number.parseInt(hex.slice(1), 16);
  const mix = (shift: number) => Math.round(((rgb >> shift) & 255) * core + 255 * (1 - core));
  return ((Math.round(whole * 255) << 24) | (mix(0) << 16) | (mix(8) << 8) | mix(16)) >>> 0;
}
