// SPDX-License-Identifier: EUPL-1.2
// What lies under the cells: neighbourhoods, water, roads.
import Feature from "ol/Feature";
import MultiLineString from "ol/geom/MultiLineString";
import MultiPolygon from "ol/geom/MultiPolygon";
import Point from "ol/geom/Point";
import VectorLayer from "ol/layer/Vector";
import VectorSource from "ol/source/Vector";
import { Fill, Stroke, Style, Text } from "ol/style";

type Line = number[][];
type Shape = Line[]; // rings, the outer one first

/** What `ondergrond.json` holds. */
export interface Ground {
  bounds: [number, number, number, number];
  areas: [string, number, number, Shape[]][];
  water: Shape[];
  roads: Line[];
}

/** The layers under the cells. */
export function layersBelow(ground: Ground): VectorLayer[] {
  const land = ground.areas.map(([, , , shapes]) => new Feature(new MultiPolygon(shapes)));
  return [
    layer(land, 1, () => new Style({ fill: new Fill({ color: "#ffffff" }) })),
    layer(
      [new Feature(new MultiLineString(ground.roads))],
      2,
      (resolution) => new Style({ stroke: new Stroke({ color: "#d6dade", width: resolution > 8 ? 0.6 : resolution > 3 ? 1.5 : 4 }) }),
    ),
    layer(
      [new Feature(new MultiPolygon(ground.water))],
      3,
      () => new Style({ fill: new Fill({ color: "#d8e3ec" }) }),
    ),
  ];
}

/** Borders and names, over the cells. */
export function layersAbove(ground: Ground): VectorLayer[] {
  const borders = ground.areas.map(([, , , shapes]) => new Feature(new MultiPolygon(shapes)));
  const names = ground.areas.map(([name, x, y]) => new Feature({ geometry: new Point([x, y]), name }));
  return [
    layer(borders, 5, () => new Style({ stroke: new Stroke({ color: "#6b7680", width: 1 }) })),
    layer(names, 7, (_, feature) => nameStyle(String(feature.get("name"))), true),
  ];
}

function nameStyle(name: string): Style {
  return new Style({
    text: new Text({
      text: name,
      font: '600 13px "Source Sans 3", "Segoe UI", sans-serif',
      fill: new Fill({ color: "#1d252c" }),
      stroke: new Stroke({ color: "#ffffff", width: 3 }),
      overflow: true,
    }),
  });
}

function layer(
  features: Feature[],
  zIndex: number,
  style: (resolution: number, feature: { get(name: string): unknown }) => Style,
  declutter = false,
): VectorLayer {
  return new VectorLayer({
    source: new VectorSource({ features: features as Feature[] }),
    style: (feature, resolution) => style(resolution, feature),
    zIndex,
    declutter,
  });
}
