// SPDX-License-Identifier: EUPL-1.2
/** The map itself: RD, whole municipality at start, keyboard and pointer, Dutch labels. */

import Control from "ol/control/Control.js";
import Attribution from "ol/control/Attribution.js";
import ScaleLine from "ol/control/ScaleLine.js";
import Zoom from "ol/control/Zoom.js";
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import { defaults as defaultInteractions } from "ol/interaction/defaults.js";
import VectorLayer from "ol/layer/Vector.js";
import type VectorImageLayer from "ol/layer/VectorImage.js";
import OlMap from "ol/Map.js";
import VectorSource from "ol/source/Vector.js";
import CircleStyle from "ol/style/Circle.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import View from "ol/View.js";
import { areaLayer, contextLayer, nameLayer, tileLayer, type LayerAbout } from "./context";
import { Drawing } from "./drawing";
import { DotLayer } from "./layer";
import { Neighbourhoods } from "./neighbourhoods";
import { mapProjection } from "./projection";

export type Extent = [number, number, number, number];

export interface MapAbout {
  areas: string;
  layers: LayerAbout[];
  tiles: string;
  /** Page of a neighbourhood, with `CODE` where its code goes. */
  area: string;
  extent: Extent;
  crs: string;
}

const FINEST = 0.1; // metres a pixel
const AIR = [24, 24, 24, 24];

/** Read what the page tells of the map in its data attributes. */
export function readAbout({ dataset }: HTMLElement): MapAbout {
  return {
    areas: dataset.areas ?? "",
    layers: JSON.parse(dataset.layers || "[]") as LayerAbout[],
    tiles: dataset.tiles ?? "",
    area: dataset.area ?? "",
    extent: (dataset.extent ?? "").split(",").map(Number) as Extent,
    crs: dataset.crs || "EPSG:28992",
  };
}

export class TownMap {
  readonly map: OlMap;
  readonly dots = new DotLayer();
  readonly drawing: Drawing;
  readonly context = new Map<string, VectorImageLayer>();
  readonly #home: Extent;
  readonly #marked = new VectorSource();
  #names: VectorLayer | null = null;
  #neighbourhoods: Neighbourhoods | null = null;
  /** Hears where someone clicked, or the middle when it was Enter, in metres. */
  onAsk: (x: number, y: number) => void = () => {};
  /** Hears the name of a layer that did not come. */
  onLayerFailed: (name: string) => void = () => {};
  /** Hears the part that is shown after a move; null for the whole municipality. */
  onMove: (extent: Extent | null) => void = () => {};

  constructor(target: HTMLElement, about: MapAbout, extent: Extent | null) {
    const projection = mapProjection(about.crs);
    this.#home = about.extent;
    const [width, height] = [about.extent[2] - about.extent[0], about.extent[3] - about.extent[1]];
    this.map = new OlMap({
      target,
      controls: [
        new Zoom({ zoomInTipLabel: "Inzoomen", zoomOutTipLabel: "Uitzoomen", zoomOutLabel: "–" }),
        new ScaleLine({ units: "metric", minWidth: 80 }),
        new Attribution({ collapsible: false }),
        this.#homeButton(),
      ],
      interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false, doubleClickZoom: true }),
      view: new View({
        projection,
        enableRotation: false,
        center: [about.extent[0] + width / 2, about.extent[1] + height / 2],
        extent: [about.extent[0] - width, about.extent[1] - height, about.extent[2] + width, about.extent[3] + height],
        showFullExtent: true,
        minResolution: FINEST,
        maxResolution: Math.max(width, height, 1000) / 200,
      }),
    });
    this.#addLayers(about, projection);
    this.drawing = new Drawing(this.map);
    this.fit(extent ?? about.extent);
    this.#listen(target);
  }

  #addLayers(about: MapAbout, projection: ReturnType<typeof mapProjection>): void {
    if (about.areas) {
      const areas = areaLayer(about.areas, projection);
      this.map.addLayer(areas);
      this.#names = nameLayer(areas);
      this.map.addLayer(this.#names);
      this.#neighbourhoods = new Neighbourhoods(areas.getSource() as VectorSource);
    }
    for (const layer of about.layers) {
      const made = contextLayer(layer, projection, () => this.onLayerFailed(layer.name));
      if (!layer.base) this.context.set(layer.name, made);
      this.map.addLayer(made);
    }
    if (about.tiles) this.map.addLayer(tileLayer(about.tiles, projection));
    this.dots.setZIndex(20);
    this.map.addLayer(this.dots);
    const ring = (color: string, width: number) =>
      new Style({ image: new CircleStyle({ radius: 12, stroke: new Stroke({ color, width }) }) });
    this.map.addLayer(
      new VectorLayer({ source: this.#marked, zIndex: 45, style: [ring("#ffffff", 5), ring("#1a1a1a", 2)] }),
    );
  }

  #listen(target: HTMLElement): void {
    this.map.on("click", (event) => {
      if (!this.drawing.busy) this.onAsk(event.coordinate[0], event.coordinate[1]);
    });
    target.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.drawing.stop();
      if (event.key !== "Enter" || event.target !== target) return;
      event.preventDefault();
      this.onAsk(...this.middle);
    });
    this.map.on("moveend", () => this.onMove(this.#atHome() ? null : this.extent));
  }

  #homeButton(): Control {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "⤢";
    button.title = "Hele gemeente";
    button.setAttribute("aria-label", "Hele gemeente");
    button.addEventListener("click", () => this.fit(this.#home));
    const element = document.createElement("div");
    element.className = "kaart-thuis ol-unselectable ol-control";
    element.append(button);
    return new Control({ element });
  }

  get middle(): [number, number] {
    return (this.map.getView().getCenter() ?? [0, 0]) as [number, number];
  }

  get extent(): Extent {
    return this.map.getView().calculateExtent(this.map.getSize()) as Extent;
  }

  /** Metres a pixel of the style sheet. */
  get resolution(): number {
    return this.map.getView().getResolution() ?? 1;
  }

  fit(extent: Extent): void {
    this.map.updateSize();
    const whole = extent === this.#home;
    this.map.getView().fit(extent, { size: this.map.getSize(), padding: whole ? AIR : [0, 0, 0, 0] });
  }

  #atHome(): boolean {
    const view = this.map.getView();
    const size = this.map.getSize() ?? [1, 1];
    const [x, y] = this.middle;
    const [x0, y0, x1, y1] = this.#home;
    const resolution = Math.max((x1 - x0) / (size[0] - 48), (y1 - y0) / (size[1] - 48));
    const far = Math.hypot(x - (x0 + x1) / 2, y - (y0 + y1) / 2);
    return far < 2 * this.resolution && Math.abs((view.getResolution() ?? 0) / resolution - 1) < 0.02;
  }

  /** Put a ring round a place, or none. */
  mark(place: [number, number] | null): void {
    this.#marked.clear();
    if (place) this.#marked.addFeature(new Feature(new Point(place)));
  }

  /** Show neighbourhoods in place of dots, from now on. */
  useNeighbourhoods(): Neighbourhoods | null {
    this.dots.setVisible(false);
    this.#names?.setVisible(false);
    for (const layer of this.#neighbourhoods?.layers ?? []) this.map.addLayer(layer);
    return this.#neighbourhoods;
  }

  /** Show these context layers and no others; they are fetched when first shown. */
  showLayers(names: string[]): void {
    for (const [name, layer] of this.context) layer.setVisible(names.includes(name));
  }
}
