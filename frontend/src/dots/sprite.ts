// SPDX-License-Identifier: EUPL-1.2
/** The little picture of a dot, worked out once for a shape, size and colour: where its pixels lie, and their values. */

import { pixel, type Shape } from "./palette";

export interface Sprite {
  /** Steps from the middle's pixel in a surface of one stride: the soft edge first, then the solid pixels. */
  offsets: Int32Array;
  values: Uint32Array;
  /** How many of them are edge. */
  soft: number;
}

const FINE = 4; // looks per pixel, each way
const HALO = pixel("#ffffff");

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
  const soft: [number, number][] = [];
  const solid: [number, number][] = [];
  const reach = Math.ceil(radius * 1.25 + halo + 0.5);
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) {
      const core = cover(shape, radius, x, y);
      const whole = halo ? cover(shape, radius + halo, x, y) : core;
      if (whole < 0.05) continue;
      const at = y * stride + x;
      if (core > 0.95) solid.push([at, pixel(colour)]);
      else if (core <= 0) soft.push([at, ((HALO & 0xffffff) | (Math.round(whole * 230) << 24)) >>> 0]);
      else if (halo) soft.push([at, mixed(colour, core)]);
      else soft.push([at, pixel(colour, core)]);
    }
  const all = [...soft, ...solid];
  return {
    offsets: Int32Array.from(all, ([at]) => at),
    values: Uint32Array.from(all, ([, value]) => value),
    soft: soft.length,
  };
}

/** The colour of a pixel that is for a part dot and for the rest halo. */
function mixed(hex: string, share: number): number {
  const rgb = Number.parseInt(hex.slice(1), 16);
  const channel = (shift: number) => Math.round(((rgb >> shift) & 255) * share + 255 * (1 - share));
  return ((254 << 24) | (channel(0) << 16) | (channel(8) << 8) | channel(16)) >>> 0;
}
