// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { Finder, paintOf, type Squares } from "./squares";

const squares: Squares = {
  side: 125,
  crs: "EPSG:28992",
  difference: false,
  name: ["E1000N2000", "E1125N2000", "E1000N2125"],
  x: [1000, 1125, 1000],
  y: [2000, 2000, 2125],
  class: [5, 2, 1],
  step: [-2, 1, 0],
  thin: [0, 1, 1],
  marks: {},
};

describe("finding a cell", () => {
  const finder = new Finder(squares);
  it("takes a border to the cell north-east of it", () => {
    expect(finder.at(1000, 2000)).toBe(0);
    expect(finder.at(1124.9, 2124.9)).toBe(0);
    expect(finder.at(1125, 2000)).toBe(1);
    expect(finder.at(1000, 2125)).toBe(2);
  });
  it("finds nothing outside", () => {
    expect(finder.at(999, 2000)).toBeUndefined();
    expect(finder.at(1130, 2130)).toBeUndefined();
  });
  it("finds a name", () => {
    expect(finder.named("E1125N2000")).toBe(1);
    expect(finder.named("E0N0")).toBeUndefined();
  });
});

describe("painting a cell", () => {
  it("shows a class by colour and size, and too little data by a hatch", () => {
    expect(paintOf(squares, 0)).toEqual({ colour: "#08306b", size: 1, fill: "full" });
    expect(paintOf(squares, 1)).toEqual({ colour: "#a9c9e6", size: 0.52, fill: "hatch" });
    expect(paintOf(squares, 2)).toBeNull();
  });
  it("shows less than beside hollow", () => {
    const difference = { ...squares, difference: true };
    expect(paintOf(difference, 0)).toEqual({ colour: "#08306b", size: 1, fill: "hollow" });
    expect(paintOf(difference, 1)?.fill).toBe("full");
    expect(paintOf(difference, 2)).toBeNull();
  });
});
