// SPDX-License-Identifier: EUPL-1.2
/** Colours and shapes: told apart by colour-blind eyes and in grey print, because shape or lightness differ as well. */

import type { Header } from "./message";

export const SHAPES = ["circle", "square", "triangle", "diamond", "plus", "wedge"] as const;
export type Shape = (typeof SHAPES)[number];

/** One scale from light (ordinary) to dark: purple, which on a map is neither water nor green; no red. */
export const SCALE = ["#dadaeb", "#bcbddc", "#9e9ac8", "#756bb1", "#54278f"] as const;

/** For circles that stand for dots of several types, and discs with several types in them. */
export const MIXED = "#4a4a4a";

/** Pack a colour such as `#009e73` as a pixel of ImageData on a little-endian machine, with opacity 0–1. */
export function pixel(hex: string, opacity = 1): number {
  const rgb = Number.parseInt(hex.slice(1), 16);
  const alpha = Math.round(opacity * 255);
  return ((alpha << 24) | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

/** The types in the order of the header, each with its colour, label and shape, whatever the source. */
export interface TypeStyle {
  type: string;
  label: string;
  colour: string;
  shape: Shape;
}

/** Return the types of a message, each once. */
export function typeStyles(header: Header): TypeStyle[] {
  const styles: TypeStyle[] = [];
  for (const { crime_type, label, colour } of header.kinds)
    if (!styles.some((style) => style.type === crime_type))
      styles.push({ type: crime_type, label, colour, shape: SHAPES[styles.length % SHAPES.length] });
  return styles;
}

/** Return the style of each kind (type and source) of the header. */
export function kindStyles(header: Header): TypeStyle[] {
  const styles = typeStyles(header);
  return header.kinds.map((kind) => styles.find((style) => style.type === kind.crime_type) as TypeStyle);
}

/**
 * Return where classes begin, at most as many as the scale has, growing by a factor, in round numbers.
 *
 * @param max the largest value
 * @param least where the first class begins
 */
export function breaks(max: number, least: number): number[] {
  const found: number[] = [least];
  const classes = SCALE.length;
  for (let k = 1; k < classes; k++) {
    const next = round(least * (max / least) ** (k / classes));
    if (next > found[found.length - 1] && next <= max) found.push(next);
  }
  return found;
}

/** Round to 1, 2, 3, 5 or 7 times a power of ten; below ten whole numbers stay as they are. */
function round(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  if (power === 1) return Math.round(value);
  const lead = [1, 2, 3, 5, 7, 10].reduce((best, each) =>
    Math.abs(each - value / power) < Math.abs(best - value / power) ? each : best,
  );
  return Number((lead * power).toPrecision(3));
}

/** Return the colours of the classes: the darkest is always the last, so that few classes stay well apart. */
export function classColours(classes: number): string[] {
  return classes === 1
    ? [SCALE[3]]
    : Array.from({ length: classes }, (_, k) => SCALE[Math.round((k * (SCALE.length - 1)) / (classes - 1))]);
}
