// SPDX-License-Identifier: EUPL-1.2
// The map of an outlook in RD New. Every cell on it stands in the table and the list too: those are the way by keyboard.
import Feature from "ol/Feature";
import OlMap from "ol/Map";
import View from "ol/View";
import ScaleLine from "ol/control/ScaleLine";
import Zoom from "ol/control/Zoom";
import Point from "ol/geom/Point";
import Polygon from "ol/geom/Polygon";
import VectorLayer from "ol/layer/Vector";
import { register } from "ol/proj/proj4";
import Projection from "ol/proj/Projection";
import { get as projectionOf } from "ol/proj";
import VectorSource from "ol/source/Vector";
import { Fill, Stroke, Style, Text } from "ol/style";
import proj4 from "proj4";
import { type Ground, layersAbove, layersBelow } from "./ground";
import { Panel } from "./panel";
import { Finder, type Paint, paintOf, type Squares } from "./squares";

const RD =
  "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 " +
  "+ellps=bessel +towgs84=565.4171,50.3319,465.5524,1.9342,-1.6677,9.1019,4.0725 +units=m +no_defs";
const NUMBERS_FROM = 4; // metres a pixel, from which the number of a class is readable in its cell

/** Put the map in its place; the drawing that stood there goes when the map is there. */
export async function openMap(box: HTMLElement): Promise<void> {
  const [squares, ground] = await Promise.all([
    json<Squares>(box.dataset.squares ?? ""),
    json<Ground>(box.dataset.ground ?? ""),
  ]);
  if (!squares || !ground) return; // the drawing stays
  const finder = new Finder(squares);
  const chosen = new VectorSource<Feature<Polygon>>();
  const [west, south, east, north] = ground.bounds;
  const extent = [west, south, east, north];
  const map = new OlMap({
    target: box,
    controls: [
      new Zoom({ zoomInTipLabel: "Dichterbij", zoomOutTipLabel: "Verder weg" }),
      new ScaleLine({ units: "metric" }),
    ],
    view: new View({
      projection: projection(squares.crs),
      extent: [west - 3000, south - 3000, east + 3000, north + 3000],
      maxResolution: 60,
      minResolution: 0.4,
      constrainResolution: false,
    }),
    layers: [
      ...layersBelow(ground),
      cellLayer(squares),
      ...layersAbove(ground),
      markLayer(squares, finder),
      new VectorLayer({ source: chosen, zIndex: 9, style: new Style({ stroke: new Stroke({ color: "#111111", width: 4 }) }) }),
    ],
  });
  box.querySelector(".outlook-map__still")?.remove();
  nameForReaders(box);
  map.getView().fit(extent, { padding: [12, 12, 12, 12] });

  const panel = new Panel(box.dataset.cell ?? "", box.dataset.query ?? "");
  const choose = (i: number, from: HTMLElement): void => {
    chosen.clear();
    chosen.addFeature(new Feature(square(squares, i, 1)));
    void panel.show(squares.name[i], from);
  };
  map.on("singleclick", (event) => {
    const i = finder.at(event.coordinate[0], event.coordinate[1]);
    if (i !== undefined) choose(i, box);
  });
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-cell]")) {
    link.addEventListener("click", (event) => {
      const i = finder.named(link.dataset.cell ?? "");
      if (i === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      choose(i, link);
      map.getView().animate({ center: [squares.x[i] + squares.side / 2, squares.y[i] + squares.side / 2], duration: still() ? 0 : 200 });
    });
  }
}

function cellLayer(squares: Squares): VectorLayer {
  const features: Feature[] = [];
  squares.name.forEach((_, i) => {
    const paint = paintOf(squares, i);
    if (!paint) return;
    const sign = squares.difference ? signOf(squares.step[i]) : String(squares.class[i]);
    features.push(new Feature({ geometry: square(squares, i, paint.size), paint, sign }));
  });
  return new VectorLayer({
    source: new VectorSource({ features }),
    zIndex: 4,
    style: (feature, resolution) => cellStyle(feature.get("paint") as Paint, String(feature.get("sign")), resolution),
  });
}

const styles = new Map<string, Style>();

function cellStyle(paint: Paint, sign: string, resolution: number): Style {
  const numbered = resolution < NUMBERS_FROM;
  const key = `${paint.colour}${paint.fill}${numbered ? sign : ""}`;
  let style = styles.get(key);
  if (!style) {
    const dark = paint.fill === "full" && (paint.colour === "#08306b" || paint.colour === "#2171b5");
    style = new Style({
      fill: new Fill({ color: paint.fill === "hatch" ? hatch(paint.colour) : paint.fill === "hollow" ? "#ffffff" : paint.colour }),
      stroke: paint.fill === "full" ? undefined : new Stroke({ color: paint.colour, width: paint.fill === "hollow" ? 2 : 1 }),
      text: numbered
        ? new Text({
            text: sign,
            font: '600 13px "Source Sans 3", "Segoe UI", sans-serif',
            fill: new Fill({ color: dark ? "#ffffff" : "#111111" }),
            stroke: dark ? undefined : new Stroke({ color: "#ffffff", width: 3 }),
          })
        : undefined,
    });
    styles.set(key, style);
  }
  return style;
}

function markLayer(squares: Squares, finder: Finder): VectorLayer {
  const features = Object.entries(squares.marks).flatMap(([name, mark]) => {
    const i = finder.named(name);
    if (i === undefined) return [];
    const outline = new Feature<Polygon | Point>(square(squares, i, 1));
    const sign = new Feature<Polygon | Point>(new Point([squares.x[i] + squares.side / 2, squares.y[i] + squares.side / 2]));
    sign.set("mark", mark);
    return [outline, sign];
  });
  return new VectorLayer({
    source: new VectorSource<Feature<Polygon | Point>>({ features }),
    zIndex: 8,
    style: (feature) =>
      feature.get("mark")
        ? new Style({
            text: new Text({
              text: String(feature.get("mark")),
              font: "700 18px sans-serif",
              fill: new Fill({ color: "#111111" }),
              stroke: new Stroke({ color: "#ffffff", width: 4 }),
            }),
          })
        : new Style({ stroke: new Stroke({ color: "#111111", width: 2 }), fill: new Fill({ color: "rgb(255 255 255 / 45%)" }) }),
  });
}

function square(squares: Squares, i: number, size: number): Polygon {
  const gap = (squares.side * (1 - size)) / 2;
  const [west, south] = [squares.x[i] + gap, squares.y[i] + gap];
  const [east, north] = [west + squares.side * size, south + squares.side * size];
  return new Polygon([[[west, south], [east, south], [east, north], [west, north], [west, south]]]);
}

function hatch(colour: string): CanvasPattern {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const paint = tile.getContext("2d") as CanvasRenderingContext2D;
  paint.fillStyle = "#ffffff";
  paint.fillRect(0, 0, 6, 6);
  paint.strokeStyle = colour;
  paint.lineWidth = 2;
  for (const shift of [-6, 0, 6]) {
    paint.beginPath();
    paint.moveTo(shift, 6);
    paint.lineTo(shift + 6, 0);
    paint.stroke();
  }
  return paint.createPattern(tile, "repeat") as CanvasPattern;
}

function signOf(step: number): string {
  return { 2: "++", 1: "+", 0: "=", [-1]: "−", [-2]: "−−" }[step] ?? "";
}

function projection(crs: string): Projection {
  if (crs === "EPSG:28992") {
    proj4.defs(crs, RD);
    register(proj4);
    const found = projectionOf(crs);
    if (found) return found;
  }
  return new Projection({ code: crs, units: "m" }); // the workspace's own metres: nothing else lies on this map
}

/** Say what the map is and how it is moved by keyboard; its cells are chosen in the table. */
function nameForReaders(box: HTMLElement): void {
  box.tabIndex = 0;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", "Kaart van de vooruitblik. Pijltjes verschuiven, plus en min zoomen. Vakken kiest u in de tabel onder de kaart.");
}

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

async function json<T>(url: string): Promise<T | null> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as T) : null;
}
