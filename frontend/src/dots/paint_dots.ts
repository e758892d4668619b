// SPDX-License-Identifier: EUPL-1.2
/**
 * Paints one dot a report.
 *
 * First each dot sets one byte, the kind, at its own pixel: of reports on the same pixel the newest stays. Then each
 * pixel that is set gets its sprite. So the work of painting is bounded by the pixels, however many reports there are.
 * A report that is less precise than a dot suggests becomes a faint disc of that size, below the dots.
 */

import type { Dots } from "./dots";
import { LABEL_FROM, type Label } from "./label";
import type { Marks } from "./marks";
import { kindStyles, MIXED, pixel } from "./palette";
import type { Places } from "./places";
import type { Selection } from "./select";
import { makeSprite, type Sprite } from "./sprite";
import { stampMarks } from "./stamp";
import { MARGIN, type Surface } from "./surface";
import { discRadii, dotRadius, type View } from "./view";

/** From this radius on, in pixels of the style sheet, each type has its own shape; below, no eye can tell. */
const SHAPES_FROM = 3.4;

export class DotPainter {
  readonly #dots: Dots;
  readonly #places: () => Places;
  readonly #marks: Marks;
  #sprites: { key: string; list: Sprite[] } = { key: "", list: [] };

  constructor(dots: Dots, places: () => Places, marks: Marks) {
    this.#dots = dots;
    this.#marks = marks;
    this.#places = places;
  }

  /** Paint; returns the numbers to write in discs. */
  paint(surface: Surface, view: View, { fails, low, high }: Selection): Label[] {
    const { header, n, precisionCounts } = this.#dots;
    const radius = dotRadius(view, n);
    const discs = discRadii(view, header.precisions_m, precisionCounts, radius);
    const coarse = discs.some((disc) => disc > 0);
    const labels = coarse ? this.#paintDiscs(surface, view, { fails, low, high }, discs) : [];
    this.#mark(surface, view, fails, low, high, discs);
    stampMarks(surface, this.#marks, this.#spritesFor(view, radius, surface.stride));
    return labels;
  }

  #mark(surface: Surface, view: View, fails: Uint8Array, low: number, high: number, discs: Float64Array): void {
    const { x, y, kind, precision, header } = this.#dots;
    const { stride } = surface;
    this.#marks.clear(surface);
    const { bytes, bounds } = this.#marks;
    const { left, right, top, bottom } = bounds;
    const [x0, y0] = header.origin;
    const scale = header.step_m / view.resolution;
    const dx = (x0 - view.left) / view.resolution + MARGIN;
    const dy = (view.top - y0) / view.resolution + MARGIN;
    const asDisc = Uint8Array.from(discs, (disc) => (disc > 0 ? 1 : 0));
    for (let i = low; i < high; i++) {
      if (fails[i] !== 0) continue;
      const px = x[i] * scale + dx;
      const py = dy - y[i] * scale;
      if (px < left || px >= right || py < top || py >= bottom || asDisc[precision[i]] === 1) continue;
      bytes[(py | 0) * stride + (px | 0)] = kind[i] + 1;
    }
  }

  /** Paint a disc a place, the largest below; returns how many reports those have that hold more than one. */
  #paintDiscs(
    surface: Surface,
    view: View,
    { fails, low, high }: Pick<Selection, "fails" | "low" | "high">,
    discs: Float64Array,
  ): Label[] {
    const places = this.#places();
    const { kind, precision, header } = this.#dots;
    const colours = kindStyles(header).map((style) => style.colour);
    const several = header.kinds.length + 1;
    const at = new Uint16Array(places.n); // 0: none, 1 …: kind + 1, several: more than one colour
    const counts = new Uint32Array(places.n);
    for (let i = low; i < high; i++) {
      if (fails[i] !== 0 || !(discs[precision[i]] > 0)) continue;
      const place = places.of[i];
      const before = at[place];
      counts[place]++;
      at[place] =
        before === 0 || (before < several && colours[before - 1] === colours[kind[i]]) ? kind[i] + 1 : several;
    }
    const labels: Label[] = [];
    const [x0, y0] = header.origin;
    const sizes = [...new Set(discs)].filter((disc) => disc > 0).sort((a, b) => b - a);
    for (const size of sizes)
      for (let place = 0; place < places.n; place++) {
        if (at[place] === 0 || discs[places.precision[place]] !== size) continue;
        const radius = size / view.resolution;
        const x = (x0 + header.step_m * places.x[place] - view.left) / view.resolution;
        const y = (view.top - y0 - header.step_m * places.y[place]) / view.resolution;
        if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) continue;
        const colour = at[place] === several ? MIXED : colours[at[place] - 1];
        surface.disc(x, y, radius - 0.5, pixel(colour, 0.2), pixel(colour, 0.75), 1.25 * view.ratio);
        if (counts[place] > 1 && radius > LABEL_FROM * view.ratio)
          labels.push({
            x,
            y: radius > 40 * view.ratio ? y - radius + 14 * view.ratio : y,
            text: String(counts[place]),
            light: false,
          });
      }
    return labels;
  }

  #spritesFor(view: View, radius: number, stride: number): Sprite[] {
    const key = `${radius.toFixed(2)} ${view.ratio} ${stride}`;
    if (this.#sprites.key !== key) {
      const shaped = radius / view.ratio >= SHAPES_FROM;
      const list = kindStyles(this.#dots.header).map(({ shape, colour }) =>
        makeSprite(shaped ? shape : "circle", radius, colour, shaped ? view.ratio : 0, stride),
      );
      this.#sprites = { key, list };
    }
    return this.#sprites.list;
  }
}
