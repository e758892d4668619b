// SPDX-License-Identifier: EUPL-1.2
/** deck.gl as kepler.gl uses it: a ScatterplotLayer on binary attributes, its DataFilterExtension for the filter. */

import { Deck, OrthographicView } from "@deck.gl/core";
import { DataFilterExtension } from "@deck.gl/extensions";
import { ScatterplotLayer } from "@deck.gl/layers";
import type { Dots } from "../../frontend/src/dots/dots";
import type { Filter } from "../../frontend/src/dots/filter";
import { kindStyles } from "../../frontend/src/dots/palette";
import { dotRadius, type View } from "../../frontend/src/dots/view";

export class Peer {
  readonly #dots: Dots;
  readonly #radius: number;
  readonly #data: object;
  readonly #extension = new DataFilterExtension({ filterSize: 1, categorySize: 1 });
  readonly #deck: Deck<OrthographicView>;
  #drawn: () => void = () => {};

  private constructor(dots: Dots, view: View) {
    this.#dots = dots;
    this.#radius = dotRadius(view, dots.n);
    const { n, x, y, day, kind, header } = dots;
    const [position, colour] = [new Float32Array(2 * n), new Uint8Array(4 * n)];
    const [value, category] = [new Float32Array(n), new Uint32Array(n)];
    const colours = kindStyles(header).map((style) => Number.parseInt(style.colour.slice(1), 16));
    for (let i = 0; i < n; i++) {
      position[2 * i] = x[i];
      position[2 * i + 1] = y[i];
      const rgb = colours[kind[i]];
      colour.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255], 4 * i);
      value[i] = day[i];
      category[i] = kind[i];
    }
    this.#data = {
      length: n,
      attributes: {
        getPosition: { value: position, size: 2 },
        getFillColor: { value: colour, size: 4 },
        getFilterValue: { value, size: 1 },
        getFilterCategory: { value: category, size: 1 },
      },
    };
    const [x0, y0] = header.origin;
    const middle = [
      (view.left + (view.width / 2) * view.resolution - x0) / header.step_m,
      (view.top - (view.height / 2) * view.resolution - y0) / header.step_m,
    ];
    const host = document.querySelector<HTMLDivElement>("#deck")!;
    this.#deck = new Deck({
      parent: host,
      width: 1280,
      height: 800,
      useDevicePixels: false,
      views: new OrthographicView({ flipY: false }),
      initialViewState: { target: [middle[0], middle[1], 0], zoom: Math.log2(header.step_m / view.resolution) },
      layers: [],
      onAfterRender: ({ gl }: { gl: WebGL2RenderingContext }) => {
        gl.readPixels(640, 400, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); // waits until it has been drawn
        this.#drawn();
      },
    });
  }

  /** Draw all dots of a message that has been read. */
  static async begin(dots: Dots, view: View): Promise<Peer> {
    const peer = new Peer(dots, view);
    await new Promise<void>((ready) => (peer.#drawn = ready)); // the empty first frame: the context is there
    await peer.step({ types: [], from: null, to: null } as unknown as Filter);
    return peer;
  }

  /** Set another filter; resolves once its frame has been drawn. */
  step({ types, from, to }: Filter): Promise<void> {
    const { header, firstDay, lastDay } = this.#dots;
    const categories = header.kinds.flatMap(({ crime_type }, k) =>
      types.length === 0 || types.includes(crime_type) ? [k] : [],
    );
    const done = new Promise<void>((drawn) => {
      let frames = 0;
      // Before the first frame with new data come frames in which attributes are still on their way.
      this.#drawn = () => (this.#loaded() || ++frames > 100) && drawn();
    });
    this.#deck.setProps({
      layers: [
        new ScatterplotLayer({
          id: "dots",
          data: this.#data,
          getRadius: this.#radius,
          radiusUnits: "pixels",
          filterRange: [(from ?? firstDay) - firstDay, (to ?? lastDay) - firstDay],
          filterCategories: categories,
          extensions: [this.#extension],
        } as never),
      ],
    });
    return done;
  }

  #loaded(): boolean {
    const layer = this.#deck.props.layers[0] as ScatterplotLayer | undefined;
    return Boolean(layer?.isLoaded);
  }

  end(): void {
    this.#deck.finalize();
    document.querySelector("#deck")!.replaceChildren();
  }
}
