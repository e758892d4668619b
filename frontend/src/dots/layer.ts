// SPDX-License-Identifier: EUPL-1.2
/** Our dots as a layer of OpenLayers: each frame they are painted anew on a canvas of our own. */

import Layer from "ol/layer/Layer.js";
import type { FrameState } from "ol/Map.js";
import type { Label } from "./label";
import type { Painted, Painter, Style } from "./painter";
import type { Selection } from "./select";
import { MARGIN, Surface } from "./surface";
import type { View } from "./view";

const MOST_RATIO = 2;

/** Return what part of the town a frame of OpenLayers shows. */
export function viewOfFrame({ size, pixelRatio, viewState }: FrameState): View {
  const ratio = Math.min(pixelRatio, MOST_RATIO);
  const [width, height] = [Math.round(size[0] * ratio), Math.round(size[1] * ratio)];
  const resolution = viewState.resolution / ratio;
  return {
    left: viewState.center[0] - (width / 2) * resolution,
    top: viewState.center[1] + (height / 2) * resolution,
    resolution,
    width,
    height,
    ratio,
  };
}

export class DotLayer extends Layer {
  readonly #canvas = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D;
  #surface = new Surface(1, 1);
  #image = new ImageData(this.#surface.bytes, this.#surface.stride, this.#surface.rows);
  #asked = 0;
  #shown: { painter: Painter; selection: Selection; style: Style } | null = null;
  /** Told after each frame what was painted and of which view. */
  onPainted: (painted: Painted, view: View) => void = () => {};

  constructor() {
    super({});
    this.#canvas.className = "kaart-stippen";
    this.#context = this.#canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  }

  /**
   * Show these dots from the next frame on. While the map stands still only our own canvas is painted: OpenLayers would
   * draw streets and trees anew as well.
   */
  show(painter: Painter, selection: Selection, style: Style): void {
    this.#shown = { painter, selection, style };
    if (!this.view) return this.changed();
    this.#asked ||= requestAnimationFrame(() => {
      this.#asked = 0;
      if (this.view) this.#paint(this.view);
    });
  }

  /** The last view that was painted. */
  view: View | null = null;

  override render(frame: FrameState | null): HTMLElement {
    if (!frame) return this.#canvas;
    this.view = viewOfFrame(frame);
    this.#fit(this.view, frame.size);
    this.#paint(this.view);
    return this.#canvas;
  }

  #paint(view: View): void {
    if (!this.#shown) return;
    const { painter, selection, style } = this.#shown;
    const painted = painter.paint(this.#surface, view, selection, style);
    this.#context.putImageData(this.#image, -MARGIN, -MARGIN);
    this.#write(painted.labels, view.ratio);
    this.onPainted(painted, view);
  }

  #fit(view: View, size: number[]): void {
    if (this.#surface.width === view.width && this.#surface.height === view.height) return;
    this.#surface = new Surface(view.width, view.height);
    this.#image = new ImageData(this.#surface.bytes, this.#surface.stride, this.#surface.rows);
    this.#canvas.width = view.width;
    this.#canvas.height = view.height;
    this.#canvas.style.width = `${size[0]}px`;
    this.#canvas.style.height = `${size[1]}px`;
  }

  /** Colour is never the only carrier: what is large enough says its number. */
  #write(labels: Label[], ratio: number): void {
    const context = this.#context;
    context.font = `600 ${12 * ratio}px "Source Sans 3", sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const { x, y, text, light } of labels) {
      context.fillStyle = light ? "#ffffff" : "#1a1a1a";
      context.fillText(text, x, y);
    }
  }
}
