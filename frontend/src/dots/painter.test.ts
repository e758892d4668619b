// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { arrange } from "./dots";
import { parseFilter, type Mode } from "./filter";
import { decode } from "./message";
import { classColours, MIXED, pixel, SCALE } from "./palette";
import { Painter } from "./painter";
import { encode, type Row } from "./sample";
import { Selector } from "./select";
import { Surface } from "./surface";
import type { View } from "./view";

const row = (x: number, y: number, more: Partial<Row> = {}): Row => ({
  x: 150_000 + x,
  y: 450_000 + y,
  date: "2026-06-01",
  kind: 0,
  hour: 3,
  ...more,
});

/** One pixel a metre, the left top corner at (150 000, 450 200). */
const VIEW: View = { left: 150_000, top: 450_200, resolution: 1, width: 300, height: 200, ratio: 1 };

function painted(rows: Row[], mode: Mode = "stippen", query = "", view = VIEW) {
  const dots = arrange(decode(encode(rows)));
  const surface = new Surface(view.width, view.height);
  const selection = new Selector(dots).apply(parseFilter(new URLSearchParams(query)));
  const told = new Painter(dots).paint(surface, view, selection, { mode, radius: 60, cell: 50, hold: false });
  const at = (x: number, y: number) => surface.at(x, 200 - y);
  const drawn = surface.pixels.reduce((sum, value) => sum + (value ? 1 : 0), 0);
  return { at, drawn, told };
}

const [GREEN, PINK] = [pixel("#009e73"), pixel("#cc79a7")];

describe("dots", () => {
  it("stand at their place in the colour of their type, and nowhere else", () => {
    const { at, drawn } = painted([row(100, 50), row(200, 150, { kind: 1 })]);
    expect(at(100, 50)).toBe(GREEN);
    expect(at(200, 150)).toBe(PINK);
    expect(at(150, 100)).toBe(0);
    expect(drawn).toBeLessThan(500);
  });

  it("of reports on one place show the newest", () => {
    const old = row(100, 50, { date: "2026-06-01" });
    const late = row(100, 50, { date: "2026-06-09", kind: 1 });
    expect(painted([late, old]).at(100, 50)).toBe(PINK);
    expect(painted([late, old], "stippen", "tot=2026-06-02").at(100, 50)).toBe(GREEN);
  });

  it("that the filter leaves out are not painted", () => {
    expect(painted([row(100, 50)], "stippen", "soort=vandalism").drawn).toBe(0);
  });

  it("outside the view are left out, on its edge are cut", () => {
    expect(painted([row(1000, 50), row(100, 5000)]).drawn).toBe(0);
    expect(painted([row(0, 0), row(0, 199)]).at(0, 1)).not.toBe(0);
  });

  it("known to 125 m are a faint disc of that size, below the precise dots", () => {
    const { at } = painted([row(100, 100, { precision: 1 }), row(120, 100, { kind: 1 })]);
    expect(at(100, 100) & 0xffffff).toBe(GREEN & 0xffffff);
    expect(at(100, 100) >>> 24).toBeLessThan(100);
    expect(at(161, 100) >>> 24).toBeGreaterThan(100); // its border can be told
    expect(at(159, 100)).not.toBe(0);
    expect(at(165, 100)).toBe(0);
    expect(at(120, 100)).toBe(PINK);
  });

  it("of two types in one disc make it grey", () => {
    const { at } = painted([row(100, 100, { precision: 1 }), row(100, 100, { precision: 1, kind: 1 })]);
    expect(at(100, 100) & 0xffffff).toBe(pixel(MIXED) & 0xffffff);
  });
});

it("what is large enough says its number", () => {
  const texts = (rows: Row[], mode: Mode) => painted(rows, mode).told.labels.map(({ text }) => text);
  const many = Array.from({ length: 12 }, () => row(100, 100, { precision: 1 }));
  expect(texts(many, "stippen")).toEqual(["12"]);
  expect(texts(many, "gegradueerd")).toEqual(["12"]);
  expect(texts(many, "vakken")).toEqual(["12"]);
  expect(texts([row(100, 100)], "gegradueerd")).toEqual([]);
});

describe("circles", () => {
  it("have an area in proportion to the reports on the place", () => {
    const area = (n: number) =>
      painted(
        Array.from({ length: n }, () => row(150, 100)),
        "gegradueerd",
      ).drawn;
    expect(area(36) / area(9)).toBeGreaterThan(3.2);
    expect(area(36) / area(9)).toBeLessThan(4.8);
  });

  it("have the colour of the type when there is one, else that of several", () => {
    const [both, one] = [[row(100, 50), row(200, 50, { kind: 1 })], [row(100, 50)]];
    expect(painted(one, "gegradueerd").at(100, 50)).toBe(GREEN);
    expect(painted(both, "gegradueerd").at(100, 50)).toBe(pixel(MIXED));
    expect(painted(both, "gegradueerd", "soort=vandalism").at(200, 50)).toBe(PINK);
  });
});

describe("squares", () => {
  it("lie on the lines of the grid and are darker with more reports", () => {
    const many = Array.from({ length: 20 }, () => row(110, 110));
    const { at, told } = painted([...many, row(10, 10)], "vakken");
    expect(told.metres).toBe(50);
    expect(told.begins[0]).toBe(1);
    expect(at(101, 149)).toBe(at(147, 103));
    expect(at(101, 149) & 0xffffff).toBe(pixel(SCALE[4]) & 0xffffff);
    expect(at(2, 3) & 0xffffff).toBe(pixel(SCALE[0]) & 0xffffff);
    expect(at(60, 60)).toBe(0);
  });

  it("grow when the map is zoomed out", () => {
    expect(painted([row(1, 1)], "vakken", "", { ...VIEW, resolution: 20 }).told.metres).toBe(200);
  });
});

describe("density", () => {
  it("reaches as far as the radius and no further, and sums to the reports", () => {
    const { at, told } = painted([row(150, 100)], "dichtheid");
    expect(at(150, 100) & 0xffffff).toBe(pixel(SCALE[4]) & 0xffffff);
    expect(at(150 + 66, 100)).toBe(0);
    expect(at(150 + 30, 100)).not.toBe(0);
    const raster = told.raster;
    const cellKm2 = (raster?.cell ?? 0) ** 2 / 1e6;
    expect((raster?.values.reduce((sum, value) => sum + value) ?? 0) * cellKm2).toBeCloseTo(1, 3);
  });

  it("spreads a report known to 125 m over its square", () => {
    const fine = painted([row(150, 100)], "dichtheid").told.raster?.values;
    const coarse = painted([row(150, 100, { precision: 1 })], "dichtheid").told.raster?.values;
    expect(Math.max(...(coarse ?? []))).toBeLessThan(Math.max(...(fine ?? [])) / 2);
  });
});

it("a report far from the town does not stretch the grid", () => {
  const dots = arrange(decode(encode([row(10, 10), row(60_000, 60_000)])));
  const selection = new Selector(dots).apply(parseFilter(new URLSearchParams()));
  const style = { mode: "dichtheid" as const, radius: 60, cell: 50, hold: false };
  const painter = new Painter(dots, [150_000, 450_000, 150_300, 450_200]);
  const told = painter.paint(new Surface(300, 200), VIEW, selection, style);
  expect(told.raster?.columns).toBeLessThan(400);
  expect(told.raster?.values.some((value) => value > 0)).toBe(true);
});

it("classes stay as they are while a slider moves", () => {
  const dots = arrange(decode(encode(Array.from({ length: 50 }, () => row(110, 110)))));
  const [painter, selector] = [new Painter(dots), new Selector(dots)];
  const surface = new Surface(300, 200);
  const paint = (query: string, hold: boolean) =>
    painter.paint(surface, VIEW, selector.apply(parseFilter(new URLSearchParams(query))), {
      mode: "vakken",
      radius: 60,
      cell: 50,
      hold,
    }).begins;
  const whole = paint("", false);
  expect(paint("soort=vandalism", true)).toEqual(whole);
  expect(paint("soort=vandalism", false)).not.toEqual(whole);
});

it("few classes use the ends of the scale", () => {
  expect(classColours(5)).toEqual([...SCALE]);
  expect(classColours(2)).toEqual([SCALE[0], SCALE[4]]);
});
