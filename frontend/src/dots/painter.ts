// SPDX-License-Identifier: EUPL-1.2
/** Paints the selected dots in the way that the filter asks, and tells what the legend must say of it. */

import type { Dots } from "./dots";
import type { Mode } from "./filter";
import type { Label } from "./label";
import { Marks } from "./marks";
import { breaks } from "./palette";
import { density, densityBreaks, paintDensity } from "./paint_density";
import { DotPainter } from "./paint_dots";
import { circleColour, countPlaces, paintGraduated } from "./paint_graduated";
import { countSquares, paintSquares, squareSide } from "./paint_squares";
import { findPlaces, type Places } from "./places";
import { dotsExtent, type Raster } from "./raster";
import type { Selection } from "./select";
import { CircleSprites } from "./sprite";
import type { Surface } from "./surface";
import type { View } from "./view";

export interface Style {
  mode: Mode;
  /** Of the density, in metres. */
  radius: number;
  /** Side of the grid's squares, in metres. */
  cell: number;
  /** True while a slider moves or an animation plays: classes stay as they are. */
  hold: boolean;
}

/** What was painted, for the legend. */
export interface Painted {
  mode: Mode;
  /** Where classes begin; empty for dots and circles. */
  begins: number[];
  /** Side of the squares or radius of the density, in metres; 0 for dots and circles. */
  metres: number;
  /** Colour of circles. */
  colour: string;
  raster: Raster | null;
  /** Numbers to write on it. */
  labels: Label[];
}

export type Extent = [number, number, number, number];

/** Metres round the town in which reports still count. */
const ROUND_TOWN_M = 2000;

function within(dots: Extent, town: Extent): Extent {
  const [x0, y0, x1, y1] = town;
  return [
    Math.max(dots[0], x0 - ROUND_TOWN_M),
    Math.max(dots[1], y0 - ROUND_TOWN_M),
    Math.min(dots[2], x1 + ROUND_TOWN_M),
    Math.min(dots[3], y1 + ROUND_TOWN_M),
  ];
}

interface Made {
  selection: Selection;
  key: string;
  raster: Raster | null;
  counts: Uint32Array;
  colour: string;
}

export class Painter {
  readonly dots: Dots;
  readonly #marks = new Marks();
  readonly #circles = new CircleSprites();
  readonly #dotPainter: DotPainter;
  readonly #extent: Extent;
  #places: Places | null = null;
  #made: Made | null = null;
  #scale: { key: string; begins: number[] } = { key: "", begins: [] };

  /** @param extent of the town in metres, when known: one report that lies elsewhere must not stretch the grid */
  constructor(dots: Dots, extent: Extent | null = null) {
    this.dots = dots;
    this.#extent = extent ? within(dotsExtent(dots), extent) : dotsExtent(dots);
    this.#dotPainter = new DotPainter(dots, () => this.places, this.#marks);
  }

  /** The places of the dots, found when first needed. */
  get places(): Places {
    return (this.#places ??= findPlaces(this.dots));
  }

  /** Clear the surface and paint. */
  paint(surface: Surface, view: View, selection: Selection, style: Style): Painted {
    surface.clear();
    const painted: Painted = { mode: style.mode, begins: [], metres: 0, colour: "", raster: null, labels: [] };
    switch (style.mode) {
      case "stippen":
        painted.labels = this.#dotPainter.paint(surface, view, selection);
        break;
      case "gegradueerd": {
        const { counts, colour } = this.#make(selection, "circles", null);
        painted.labels = paintGraduated(
          surface,
          view,
          this.dots,
          this.places,
          counts,
          colour,
          this.#marks,
          this.#circles,
        );
        painted.colour = colour;
        break;
      }
      case "vakken": {
        const side = squareSide(view, style.cell);
        const make = () => countSquares(this.dots, selection, this.#extent, side);
        const raster = this.#make(selection, `squares ${side}`, make).raster as Raster;
        const begins = this.#classes(`squares ${side}`, style, () => breaks(Math.max(1, largest(raster)), 1));
        const labels = paintSquares(surface, view, raster, begins);
        return { ...painted, begins, metres: side, raster, labels };
      }
      case "dichtheid": {
        const make = () => density(this.dots, selection, this.#extent, style.radius);
        const raster = this.#make(selection, `density ${style.radius}`, make).raster as Raster;
        const begins = this.#classes(`density ${style.radius}`, style, () => densityBreaks(raster));
        paintDensity(surface, view, raster, begins);
        return { ...painted, begins, metres: style.radius, raster };
      }
    }
    return painted;
  }

  /** Keep what was made of a selection while the map is only moved. */
  #make(selection: Selection, key: string, raster: (() => Raster) | null): Made {
    if (this.#made?.selection !== selection || this.#made.key !== key) {
      const circles = raster === null;
      this.#made = {
        selection,
        key,
        raster: raster?.() ?? null,
        counts: circles ? countPlaces(this.places, selection) : new Uint32Array(0),
        colour: circles ? circleColour(this.dots, selection) : "",
      };
    }
    return this.#made;
  }

  #classes(key: string, style: Style, make: () => number[]): number[] {
    if (!style.hold || this.#scale.key !== key) this.#scale = { key, begins: make() };
    return this.#scale.begins;
  }
}

function largest(raster: Raster): number {
  let max = 0;
  for (const value of raster.values) if (value > max) max = value;
  return max;
}
