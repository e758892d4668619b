// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { arrange } from "./dots";
import { classTexts, legendText } from "./legend";
import { decode } from "./message";
import { encode } from "./sample";

const dots = arrange(decode(encode([{ x: 150_001, y: 450_001, date: "2026-06-01", kind: 0, hour: 1, precision: 1 }])));

const VIEW = { left: 150_000, top: 450_000, resolution: 1, width: 100, height: 100, ratio: 2 };

it("classes of counts end before the next begins", () => {
  expect(classTexts([1, 2, 5], true)).toEqual(["1", "2 tot en met 4", "5 of meer"]);
  expect(classTexts([1.5, 10], false)).toEqual(["1,5 tot 10", "10 of meer"]);
});

it("names method, unit, radius and precision", () => {
  const legend = legendText(
    { mode: "dichtheid", begins: [5, 10], metres: 250, colour: "", raster: null, labels: [] },
    VIEW,
    dots,
  );
  expect(legend.title).toBe("Dichtheid: meldingen per vierkante kilometer, straal 250 meter");
  expect(legend.notes.join(" ")).toContain("Plekken zijn afgerond op 125 m.");
});

it("tells how many squares a class has", () => {
  const raster = { left: 0, bottom: 0, cell: 125, columns: 4, rows: 1, values: Float32Array.of(0, 1, 3, 9) };
  const legend = legendText(
    { mode: "vakken", begins: [1, 2], metres: 125, colour: "", raster, labels: [] },
    VIEW,
    dots,
  );
  expect(legend.entries.map(({ text }) => text)).toEqual(["1 (1 vak)", "2 of meer (2 vakken)"]);
});

it("of dots names each type once, with its own shape", () => {
  const legend = legendText(
    { mode: "stippen", begins: [], metres: 0, colour: "", raster: null, labels: [] },
    VIEW,
    dots,
  );
  expect(legend.entries.map(({ text, shape }) => [text, shape])).toEqual([
    ["Fietsdiefstal", "circle"],
    ["Vernieling", "square"],
  ]);
});

it("of circles shows how large some numbers are, in the pixels of the page", () => {
  const { entries } = legendText(
    { mode: "gegradueerd", begins: [], metres: 0, colour: "#4a4a4a", raster: null, labels: [] },
    VIEW,
    dots,
  );
  expect(entries.map(({ text }) => text)).toEqual(["1 melding", "5 meldingen", "20 meldingen"]);
  const [one, , twenty] = entries.map(({ radius }) => radius ?? 0);
  expect(twenty / one).toBeCloseTo(Math.sqrt(20), 6);
  expect(one).toBeLessThan(7);
});
