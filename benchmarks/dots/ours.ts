// SPDX-License-Identifier: EUPL-1.2
/** Ours: from a message to pixels, and each step. Every step ends in a pixel read back: then it has been drawn. */

import { arrange, type Dots } from "../../frontend/src/dots/dots";
import { parseFilter, type Filter, type Mode } from "../../frontend/src/dots/filter";
import { decode } from "../../frontend/src/dots/message";
import { Painter } from "../../frontend/src/dots/painter";
import { dotsExtent } from "../../frontend/src/dots/raster";
import { Selector } from "../../frontend/src/dots/select";
import { MARGIN, Surface } from "../../frontend/src/dots/surface";
import { viewOf, type View } from "../../frontend/src/dots/view";

export class Ours {
  readonly dots: Dots;
  readonly view: View;
  readonly #selector: Selector;
  readonly #painter: Painter;
  readonly #surface = new Surface(1280, 800);
  readonly #image = new ImageData(this.#surface.bytes, this.#surface.stride, this.#surface.rows);
  readonly #context = document
    .querySelector<HTMLCanvasElement>("#ours")!
    .getContext("2d", { willReadFrequently: true })!;

  /** Read a message and draw all dots. */
  constructor(message: ArrayBuffer) {
    this.dots = arrange(decode(message));
    this.#selector = new Selector(this.dots);
    this.#painter = new Painter(this.dots);
    this.view = viewOf(dotsExtent(this.dots), 1280, 800);
    this.step(parseFilter(new URLSearchParams()));
  }

  /** Filter, count, paint; returns how many are selected. */
  step(filter: Filter, mode: Mode = "stippen"): number {
    const selection = this.#selector.apply(filter);
    this.#painter.paint(this.#surface, this.view, selection, { mode, radius: 250, cell: 125, hold: false });
    this.#context.putImageData(this.#image, -MARGIN, -MARGIN);
    this.#context.getImageData(640, 400, 1, 1);
    return selection.counts.selected;
  }
}
