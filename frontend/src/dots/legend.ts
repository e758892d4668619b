// SPDX-License-Identifier: EUPL-1.2
/** The legend names what is shown: method, unit, size or radius, and precision. */

import { dutchNumber } from "./days";
import type { Dots } from "./dots";
import { classColours, typeStyles, type Shape } from "./palette";
import { circleRadius } from "./paint_graduated";
import { classOf } from "./paint_squares";
import type { Painted } from "./painter";
import type { View } from "./view";

const SVG = "http://www.w3.org/2000/svg";
const OUTLINES: Record<Shape, string> = {
  circle: "M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
  square: "M3.6 3.6h8.8v8.8h-8.8z",
  triangle: "M8 2l5.4 10h-10.8z",
  diamond: "M8 1.8l6.2 6.2l-6.2 6.2l-6.2-6.2z",
  plus: "M5.9 2.2h4.2v3.7h3.7v4.2h-3.7v3.7h-4.2v-3.7h-3.7v-4.2h3.7z",
  wedge: "M8 14l5.4-10h-10.8z",
};

export interface Entry {
  text: string;
  colour: string;
  shape: Shape | "box";
  /** Of a circle whose size tells something, its radius in pixels of the style sheet. */
  radius?: number;
}

export interface LegendText {
  title: string;
  entries: Entry[];
  notes: string[];
}

/** Return where classes end: ‘1’, ‘2 tot en met 4’, ‘5 of meer’ for whole numbers, ‘10 tot 20’ for others. */
export function classTexts(begins: number[], whole: boolean): string[] {
  return begins.map((begin, k) => {
    const next = begins[k + 1];
    if (next === undefined) return `${dutchNumber(begin)} of meer`;
    if (!whole) return `${dutchNumber(begin)} tot ${dutchNumber(next)}`;
    return next - begin === 1 ? dutchNumber(begin) : `${dutchNumber(begin)} tot en met ${dutchNumber(next - 1)}`;
  });
}

function precisionNotes({ header, precisionCounts }: Dots, mode: Painted["mode"]): string[] {
  const sides = header.precisions_m.filter((_, p) => precisionCounts[p] > 0).sort((a, b) => a - b);
  const coarse = sides.filter((side) => side > 10);
  const told = sides
    .map((side) => `${dutchNumber(side)} m`)
    .join(", ")
    .replace(/, ([^,]*)$/, " of $1");
  const notes = sides.length ? [`Plekken zijn afgerond op ${told}.`] : [];
  if (coarse.length && mode === "stippen")
    notes.push("Een lichte schijf is zo groot als het gebied waarin de melding ligt.");
  if (coarse.length && mode === "dichtheid")
    notes.push("Een grove melding is uitgesmeerd over het gebied waarin ze ligt.");
  return notes;
}

/** Return how many squares each class has. */
function squaresPerClass({ raster, begins }: Painted): number[] {
  const counts = begins.map(() => 0);
  for (const value of raster?.values ?? []) if (value >= begins[0]) counts[classOf(value, begins)]++;
  return counts;
}

/** Numbers of reports of which the legend shows the circle. */
const EXAMPLES = [1, 5, 20];

export function legendText(painted: Painted, view: View, dots: Dots): LegendText {
  const { mode, begins, metres, colour } = painted;
  const notes = precisionNotes(dots, mode);
  const boxes = (texts: string[]) =>
    classColours(begins.length).map((each, k): Entry => ({ text: texts[k], colour: each, shape: "box" }));
  switch (mode) {
    case "stippen":
      return {
        title: "Stippen: één per melding",
        entries: typeStyles(dots.header).map(({ label, colour: each, shape }) => ({
          text: label,
          colour: each,
          shape,
        })),
        notes: ["Op één plek ligt de nieuwste melding boven.", ...notes],
      };
    case "gegradueerd":
      return {
        title: "Cirkels: één per plek",
        entries: EXAMPLES.map((count) => ({
          text: `${count} ${count === 1 ? "melding" : "meldingen"}`,
          colour,
          shape: "circle",
          radius: circleRadius(view, dots, count) / view.ratio,
        })),
        notes: ["Het oppervlak is het aantal meldingen op precies dezelfde plek.", ...notes],
      };
    case "vakken": {
      const squares = squaresPerClass(painted);
      const vak = (n: number) => `${dutchNumber(n)} ${n === 1 ? "vak" : "vakken"}`;
      return {
        title: `Vakken van ${dutchNumber(metres)} bij ${dutchNumber(metres)} meter: aantal meldingen`,
        entries: boxes(classTexts(begins, true).map((text, k) => `${text} (${vak(squares[k])})`)),
        notes: ["Een vak zonder kleur heeft geen meldingen in deze keuze.", ...notes],
      };
    }
    case "dichtheid":
      return {
        title: `Dichtheid: meldingen per vierkante kilometer, straal ${dutchNumber(metres)} meter`,
        entries: boxes(classTexts(begins, false)),
        notes: [`Elke melding telt mee tot ${dutchNumber(metres)} meter om haar heen, dichtbij het meest.`, ...notes],
      };
  }
}

/** Return the legend of shaded neighbourhoods. */
export function areaLegend(begins: number[]): LegendText {
  return {
    title: "Buurten: aantal meldingen, afgerond",
    entries: classColours(begins.length).map((colour, k) => ({
      text: k + 1 < begins.length ? `${dutchNumber(begins[k])} tot ${dutchNumber(begins[k + 1])}` : classTexts(begins, true)[k],
      colour,
      shape: "box",
    })),
    notes: ["Elk aantal is een veelvoud van 5. Een buurt zonder kleur heeft er geen, of mag niet worden getoond."],
  };
}

/** Put a legend on the page. */
export function showLegend(host: HTMLElement, { title, entries, notes }: LegendText): void {
  const heading = document.createElement("p");
  heading.className = "legenda-titel";
  heading.textContent = title;
  const list = document.createElement("ul");
  list.className = "legenda-lijst";
  for (const entry of entries) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = entry.text;
    item.append(swatch(entry), text);
    list.append(item);
  }
  host.replaceChildren(heading, list);
  for (const note of notes) {
    const paragraph = document.createElement("p");
    paragraph.className = "legenda-noot";
    paragraph.textContent = note;
    host.append(paragraph);
  }
}

function swatch({ colour, shape, radius }: Entry): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  // The circle of the picture has radius 5 of 16; its box grows with it.
  if (radius) svg.style.inlineSize = svg.style.blockSize = `${(radius * 16) / 5}px`;
  svg.setAttribute("class", "legenda-teken");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shape === "box" ? "M1 2h14v12h-14z" : OUTLINES[shape]);
  path.setAttribute("fill", colour);
  path.setAttribute("stroke", shape === "box" ? "#6b6b6b" : "none");
  svg.append(path);
  return svg;
}
