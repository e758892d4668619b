// SPDX-License-Identifier: EUPL-1.2
/** What a reader sees who may see no places: how many reports each neighbourhood has, rounded, as a shade. */

import Feature from "ol/Feature.js";
import type Geometry from "ol/geom/Geometry.js";
import VectorLayer from "ol/layer/Vector.js";
import type VectorSource from "ol/source/Vector.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { NAMES_UNTIL } from "./context";
import { dutchNumber } from "./days";
import type { Dots } from "./dots";
import { breaks, classColours } from "./palette";
import { classOf } from "./paint_squares";
import type { Selection } from "./select";

/** Every count is a multiple of this. */
const BASE = 5;

/** Return how many of the selected reports each neighbourhood has, by its code. */
export function countAreas({ area, header }: Dots, { fails, low, high }: Selection): Map<string, number> {
  const counts = new Uint32Array(header.areas.length);
  for (let i = low; i < high; i++) if (fails[i] === 0) counts[area[i]]++;
  return new Map(header.areas.flatMap(({ code }, k) => (code && counts[k] ? [[code, counts[k]]] : [])));
}

/** Return where the classes of such counts begin: all multiples of five. */
export function areaClasses(counts: Map<string, number>): number[] {
  const largest = Math.max(BASE, ...counts.values());
  const begins = breaks(largest, BASE).map((begin) => Math.max(BASE, Math.round(begin / BASE) * BASE));
  return [...new Set(begins)];
}

/** Two layers on the neighbourhoods of the town: a shade below streets and water, and the number above all. */
export class Neighbourhoods {
  readonly layers: VectorLayer[];
  readonly #source: VectorSource;
  #counts = new Map<string, number>();
  #begins: number[] = [];

  constructor(source: VectorSource) {
    this.#source = source;
    const edge = new Stroke({ color: "#8f8b80", width: 1 });
    const shade = new VectorLayer({
      source,
      zIndex: 2,
      style: (feature) => new Style({ fill: this.#fill(String(feature.get("code"))), stroke: edge }),
    });
    const text = new Text({
      font: '600 12px "Source Sans 3", sans-serif',
      fill: new Fill({ color: "#1a1a1a" }),
      stroke: new Stroke({ color: "rgba(255,255,255,0.9)", width: 3 }),
      overflow: true,
    });
    const told = new Style({ text });
    const numbers = new VectorLayer({
      source,
      zIndex: 41,
      declutter: true,
      style: (feature, resolution) => {
        const count = this.countOf(feature as Feature<Geometry>);
        const name = resolution < NAMES_UNTIL ? `${String(feature.get("name") ?? "")}\n` : "";
        text.setText(`${name}${count ? dutchNumber(count) : ""}`);
        return told;
      },
    });
    this.layers = [shade, numbers];
  }

  show(counts: Map<string, number>, begins: number[]): void {
    [this.#counts, this.#begins] = [counts, begins];
    for (const layer of this.layers) layer.changed();
  }

  /** The neighbourhood at a place in metres, if there is one. */
  at(x: number, y: number): Feature<Geometry> | null {
    return (this.#source.getFeaturesAtCoordinate([x, y])[0] as Feature<Geometry> | undefined) ?? null;
  }

  countOf(feature: Feature<Geometry>): number {
    return this.#counts.get(String(feature.get("code"))) ?? 0;
  }

  #fill(code: string): Fill {
    const count = this.#counts.get(code) ?? 0;
    if (!count || !this.#begins.length) return new Fill({ color: "#f7f6f2" });
    return new Fill({ color: classColours(this.#begins.length)[classOf(count, this.#begins)] });
  }
}
