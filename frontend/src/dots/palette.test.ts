// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { breaks, pixel, SCALE, typeStyles } from "./palette";
import { HEADER } from "./sample";

/** Relative luminance by WCAG. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

it("packs a colour as the bytes red, green, blue, opacity", () => {
  expect([...new Uint8Array(Uint32Array.of(pixel("#0172b3", 0.5)).buffer)]).toEqual([1, 0x72, 0xb3, 128]);
});

it("each class of the scale is clearly darker than the one before it, also in grey", () => {
  for (let k = 1; k < SCALE.length; k++) {
    const ratio = (luminance(SCALE[k - 1]) + 0.05) / (luminance(SCALE[k]) + 0.05);
    expect(ratio).toBeGreaterThan(1.25);
  }
});

it("each type has one shape, whatever its sources", () => {
  const styles = typeStyles({ ...HEADER, n: 0, area_offsets: [] });
  expect(styles.map(({ type, shape }) => [type, shape])).toEqual([
    ["bicycle_theft", "circle"],
    ["vandalism", "square"],
  ]);
});

it("classes begin at round numbers, none twice, none above the largest", () => {
  expect(breaks(1, 1)).toEqual([1]);
  expect(breaks(3, 1)).toEqual([1, 2]);
  expect(breaks(40, 1)).toEqual([1, 2, 4, 9, 20]);
  expect(breaks(2345, 1)).toEqual([1, 5, 20, 100, 500]);
  for (let max = 1; max < 500; max++) {
    const found = breaks(max, 1);
    expect(new Set(found).size).toBe(found.length);
    expect(Math.max(...found)).toBeLessThanOrEqual(max);
  }
});
