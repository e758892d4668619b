// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { arrange } from "./dots";
import { parseFilter, type Mode } from "./filter";
import { describe as told, findAt } from "./found";
import { decode } from "./message";
import { Painter } from "./painter";
import { encode, type Row } from "./sample";
import { Selector } from "./select";
import { Surface } from "./surface";

const row = (x: number, y: number, more: Partial<Row> = {}): Row => ({
  x: 150_000 + x,
  y: 450_000 + y,
  date: "2026-06-05",
  kind: 0,
  hour: 31,
  ...more,
});
const ROWS = [
  row(100, 100),
  row(100, 100, { date: "2026-06-09", kind: 2, hour: 23, area: 1 }),
  row(100, 100, { date: "2026-06-02" }),
  row(180, 100),
  row(250, 100),
];
const VIEW = { left: 150_000, top: 450_200, resolution: 1, width: 300, height: 200, ratio: 1 };

function ask(x: number, y: number, query = "", mode: Mode = "stippen") {
  const dots = arrange(decode(encode(ROWS)));
  const [painter, selection] = [new Painter(dots), new Selector(dots).apply(parseFilter(new URLSearchParams(query)))];
  const style = { mode, radius: 250, cell: 125, hold: false };
  const painted = painter.paint(new Surface(300, 200), VIEW, selection, style);
  const found = findAt(painter, selection, painted, VIEW, 150_000 + x, 450_000 + y);
  return found && { ...found, told: found.dots.map((dot) => told(dots, dot)) };
}

it("lists the reports of one place, the newest first, and counts what is near", () => {
  const found = ask(103, 101);
  expect(found?.at).toEqual([150_100, 450_100]);
  expect(found?.near).toBe(1);
  expect(found?.told.map(({ when }) => when)).toEqual([
    "dinsdag 9 jun 2026, tussen 23 en 24 uur",
    "vrijdag 5 jun 2026, tijd niet bekend",
    "dinsdag 2 jun 2026, tijd niet bekend",
  ]);
  expect(found?.told[0]).toMatchObject({ type: "Vernieling", where: "Haven", source: "Openbare ruimte" });
});

it("lists only what the filter lets through", () => {
  expect(ask(100, 100, "soort=vandalism")?.dots.length).toBe(1);
  expect(ask(180, 100, "soort=vandalism")).toBeNull();
  expect(ask(20, 20)).toBeNull();
});

it("of squares lists the reports in the square", () => {
  const found = ask(130, 100, "", "vakken");
  expect(found?.square).toBe(125);
  expect(found?.dots.length).toBe(1); // 150 125 – 150 250: only the report at 180
});
