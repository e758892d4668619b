// SPDX-License-Identifier: EUPL-1.2
/** Drawing the area of the filter: corner by corner, by hand, or as a circle round the middle (which needs no mouse). */

import Feature from "ol/Feature.js";
import Polygon, { fromCircle } from "ol/geom/Polygon.js";
import Circle from "ol/geom/Circle.js";
import Draw from "ol/interaction/Draw.js";
import VectorLayer from "ol/layer/Vector.js";
import type OlMap from "ol/Map.js";
import VectorSource from "ol/source/Vector.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import type { Ring } from "./polygon";

/** A URL must hold the corners. */
const MOST_CORNERS = 120;
const CIRCLE_CORNERS = 48;

export type Way = "hoeken" | "hand";

/** Return the ring of a polygon in whole metres: without its repeated last corner, with so many corners at most. */
export function ringOf(polygon: Polygon): Ring {
  let tolerance = 1;
  let flat = polygon;
  while (flat.getCoordinates()[0].length - 1 > MOST_CORNERS) {
    flat = polygon.simplify(tolerance) as Polygon;
    tolerance *= 1.5;
  }
  const corners = flat.getCoordinates()[0].slice(0, -1);
  const whole = corners.map(([x, y]): [number, number] => [Math.round(x), Math.round(y)]);
  return whole.filter(([x, y], i) => {
    const [px, py] = whole[(i + whole.length - 1) % whole.length];
    return x !== px || y !== py;
  });
}

/** Return a circle as a ring. */
export function circleRing(centre: [number, number], radius: number): Ring {
  return ringOf(fromCircle(new Circle(centre, radius), CIRCLE_CORNERS));
}

export class Drawing {
  readonly layer: VectorLayer;
  readonly #map: OlMap;
  readonly #source = new VectorSource();
  #draw: Draw | null = null;

  constructor(map: OlMap) {
    this.#map = map;
    this.layer = new VectorLayer({
      source: this.#source,
      zIndex: 35,
      style: [
        new Style({ stroke: new Stroke({ color: "#ffffff", width: 5 }) }),
        new Style({
          stroke: new Stroke({ color: "#1a1a1a", width: 2, lineDash: [8, 5] }),
          fill: new Fill({ color: "rgba(0,0,0,0)" }),
        }),
      ],
    });
    map.addLayer(this.layer);
  }

  /** Is someone drawing now? A click is then a corner, not a question. */
  get busy(): boolean {
    return this.#draw !== null;
  }

  /** Show the area of the filter. */
  show(ring: Ring | null): void {
    this.#source.clear();
    if (ring) this.#source.addFeature(new Feature(new Polygon([[...ring, ring[0]]])));
  }

  /** Let the person draw; `done` hears the ring, or null when it was stopped. */
  begin(way: Way, done: (ring: Ring | null) => void): void {
    this.stop();
    const draw = new Draw({ type: "Polygon", freehand: way === "hand", stopClick: true });
    this.#draw = draw;
    this.#map.addInteraction(draw);
    draw.on("drawend", (event) => {
      const ring = ringOf(event.feature.getGeometry() as Polygon);
      // The interaction handles this very event still: it goes once that is over.
      setTimeout(() => {
        this.stop();
        done(ring.length >= 3 ? ring : null);
      });
    });
  }

  stop(): void {
    if (this.#draw) this.#map.removeInteraction(this.#draw);
    this.#draw = null;
  }
}
