// SPDX-License-Identifier: EUPL-1.2
/** What part of the town is on the screen, and how metres become pixels; the map is never turned. */

import { TINY_RADIUS } from "./stamp";

export interface View {
  /** Coordinates of the picture's left top corner, in metres. */
  left: number;
  top: number;
  /** Metres a pixel of the picture. */
  resolution: number;
  /** In pixels of the picture. */
  width: number;
  height: number;
  /** Pixels of the picture for one of the style sheet. */
  ratio: number;
}

/** Return a view of a width and height that shows a whole extent, with a little air. */
export function viewOf(extent: [number, number, number, number], width: number, height: number, ratio = 1): View {
  const [x0, y0, x1, y1] = extent;
  const resolution = Math.max((x1 - x0) / width, (y1 - y0) / height) * 1.03;
  return {
    left: (x0 + x1 - width * resolution) / 2,
    top: (y0 + y1 + height * resolution) / 2,
    resolution,
    width,
    height,
    ratio,
  };
}

/**
 * Return the radius of a dot in pixels of the picture: larger when streets are near, smaller when there are many.
 *
 * It follows from all dots of the town and never from those selected, so that dots do not swell while a slider moves.
 */
export function dotRadius(view: View, dots: number): number {
  const least = dots < 3_000 ? 3.5 : dots < 30_000 ? 2.4 : TINY_RADIUS;
  const metresAPixel = view.resolution * view.ratio;
  const near = 5 / metresAPixel ** 0.4;
  return Math.min(near < 1.8 ? least : Math.max(near, least), 7) * view.ratio;
}

/**
 * Return for each precision the radius of its disc in metres, or 0 when it is shown as a dot (or by nothing).
 *
 * @param precisions side in metres of the square in which a report lies
 * @param counts dots of each precision
 */
export function discRadii(view: View, precisions: number[], counts: Uint32Array, dot: number): Float64Array {
  return Float64Array.from({ length: 8 }, (_, p) =>
    counts[p] > 0 && precisions[p] / 2 / view.resolution > dot * 1.25 ? precisions[p] / 2 : 0,
  );
}
