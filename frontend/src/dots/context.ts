// SPDX-License-Identifier: EUPL-1.2
/** What lies under and round the dots: the town's own vector base, tiles when there are any, and context layers. */

import GeoJSON from "ol/format/GeoJSON.js";
import TileLayer from "ol/layer/Tile.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorImageLayer from "ol/layer/VectorImage.js";
import type Projection from "ol/proj/Projection.js";
import VectorSource from "ol/source/Vector.js";
import XYZ from "ol/source/XYZ.js";
import Circle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import TileGrid from "ol/tilegrid/TileGrid.js";

/** A layer as the page tells it in `data-layers`. */
export interface LayerAbout {
  name: string;
  label: string;
  url: string;
  /** Shown when the URL does not say which layers are. */
  on: boolean;
  /** ISO date of what it shows. */
  date: string;
  source: string;
  colour: string;
  /** Part of the base: always shown, no choice for it. */
  base?: boolean;
}

const TILE_ORIGIN = [-285401.92, 903401.92]; // of the Dutch tiling scheme for RD
const TILE_RESOLUTIONS = Array.from({ length: 15 }, (_, z) => 3440.64 / 2 ** z);
const CASING = "#cdc8bb"; // the edge of a street, so that white streets are seen on light land
export const NAMES_UNTIL = 9; // metres a pixel: nearer, each neighbourhood has its name

function geojson(
  url: string,
  projection: Projection,
  extra: Partial<ConstructorParameters<typeof VectorSource>[0]> = {},
) {
  return new VectorSource({ url, format: new GeoJSON({ featureProjection: projection }), ...extra });
}

/** The land: each neighbourhood a light field with a thin border. Below the dots. */
export function areaLayer(url: string, projection: Projection): VectorLayer {
  return new VectorLayer({
    source: geojson(url, projection),
    zIndex: 0,
    style: new Style({ fill: new Fill({ color: "#f7f6f2" }), stroke: new Stroke({ color: "#c9c5ba", width: 1 }) }),
  });
}

/** Names of neighbourhoods, above the dots with a light edge; only where there is room for them. */
export function nameLayer(areas: VectorLayer): VectorLayer {
  const text = new Text({
    font: '600 12px "Source Sans 3", sans-serif',
    fill: new Fill({ color: "#3d3d3d" }),
    stroke: new Stroke({ color: "rgba(255,255,255,0.85)", width: 3 }),
    overflow: false,
  });
  const style = new Style({ text });
  return new VectorLayer({
    source: areas.getSource() as VectorSource,
    zIndex: 40,
    declutter: true,
    maxResolution: NAMES_UNTIL,
    style: (feature) => {
      text.setText(String(feature.get("name") ?? ""));
      return style;
    },
  });
}

/** A context layer in one colour; points are hollow, which no dot is. `failed` hears when it did not come. */
export function contextLayer(about: LayerAbout, projection: Projection, failed: () => void): VectorImageLayer {
  const source = geojson(about.url, projection);
  source.on("featuresloaderror", failed);
  return new VectorImageLayer({
    source,
    imageRatio: 1.5, // a picture that is moved along: thousands of streets are not drawn anew each frame
    zIndex: about.base ? 5 : 10,
    visible: Boolean(about.base),
    style: (feature, resolution) => {
      const kind = feature.getGeometry()?.getType() ?? "";
      if (kind.endsWith("Point")) {
        const radius = resolution < 1 ? 4 : resolution < 4 ? 2.5 : 1.5;
        return new Style({
          image: new Circle({
            radius,
            stroke: new Stroke({ color: about.colour, width: 1.25 }),
            fill: new Fill({ color: "#ffffff" }),
          }),
        });
      }
      const wide = kind.endsWith("LineString") ? Math.min(Math.max(6 / resolution, 0.6), 8) : 1;
      const style = new Style({
        stroke: new Stroke({ color: about.colour, width: wide }),
        fill: new Fill({ color: about.base ? about.colour : `${about.colour}55` }),
      });
      if (!about.base || !kind.endsWith("LineString")) return style;
      style.setZIndex(1); // all casings first, so that crossings of streets stay open
      return [new Style({ stroke: new Stroke({ color: CASING, width: wide + (wide > 2 ? 2 : 0.6) }) }), style];
    },
  });
}

/** Tiles of the Dutch base map in RD, from a template with {z}, {x} and {y}. Own base shows until they come. */
export function tileLayer(template: string, projection: Projection): TileLayer {
  return new TileLayer({
    zIndex: 7,
    opacity: 0.8,
    source: new XYZ({
      url: template,
      projection,
      tileGrid: new TileGrid({ origin: TILE_ORIGIN, resolutions: TILE_RESOLUTIONS, tileSize: 256 }),
      attributions: "Achtergrond: BRT, Kadaster",
      crossOrigin: "anonymous",
    }),
  });
}
