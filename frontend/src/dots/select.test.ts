// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { dayNumber, isoDate, WEEKDAYS, weekday } from "./days";
import { arrange, periodSlice } from "./dots";
import { parseFilter } from "./filter";
import { decode } from "./message";
import { encode, HEADER, type Row } from "./sample";
import { Selector } from "./select";

/** 600 rows that differ in everything, always the same. */
function made(): Row[] {
  let seed = 7;
  const next = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
  const first = dayNumber(HEADER.first_day) as number;
  return Array.from({ length: 600 }, () => ({
    x: 150_000 + next(300),
    y: 450_000 + next(300),
    date: isoDate(first + next(40)),
    kind: next(3),
    hour: next(8) ? next(24) : 31,
    precision: next(2),
    area: next(3),
  }));
}

const ROWS = made();
const dots = arrange(decode(encode(ROWS)));

/** The filter as a sentence a row either fits or not: slow and plain. */
function fits(row: Row, query: URLSearchParams): boolean {
  const any = (name: string, fit: (value: string) => boolean) =>
    !query.has(name) || query.getAll(name).some((value) => fit(value));
  const { crime_type, source } = HEADER.kinds[row.kind];
  const { code, wijk } = HEADER.areas[row.area ?? 0];
  const inHours = (range: string) => {
    const [from, to] = range.split("-").map(Number);
    return row.hour < 24 && (from <= to ? row.hour >= from && row.hour <= to : row.hour >= from || row.hour <= to);
  };
  const inSquare = (text: string) => {
    const [a, , c] = text.split(";").map((corner) => corner.split(",").map(Number));
    return row.x >= a[0] && row.x <= c[0] && row.y >= a[1] && row.y <= c[1];
  };
  return (
    any("soort", (type) => type === crime_type) &&
    any("bron", (name) => name === source) &&
    any("van", (date) => row.date >= date) &&
    any("tot", (date) => row.date <= date) &&
    any("uur", inHours) &&
    any("dag", (day) => day === WEEKDAYS[weekday(dayNumber(row.date) as number)]) &&
    any("gebied", (area) => area === code || area === wijk) &&
    any("vlak", inSquare)
  );
}

const QUERIES = [
  "",
  "soort=vandalism",
  "soort=vandalism&bron=mor",
  "van=2026-06-08&tot=2026-06-21",
  "van=2026-06-08&uur=20-23&uur=0-3",
  "uur=22-2&dag=vr&dag=za",
  "gebied=BU2&soort=bicycle_theft",
  "gebied=WK1&tot=2026-06-20",
  "vlak=150100,450100;150200,450100;150200,450200;150100,450200&soort=vandalism",
  "soort=unknown",
  "van=2030-01-01",
];

describe("select", () => {
  const selector = new Selector(dots);

  it.each(QUERIES)("lets the same reports through as a plain look at each: %s", (text) => {
    const query = new URLSearchParams(text);
    const { fails, low, high, counts } = selector.apply(parseFilter(query));
    const passed: string[] = [];
    for (let i = low; i < high; i++) if (fails[i] === 0) passed.push(`${dots.x[i]} ${dots.y[i]} ${dots.kind[i]}`);
    const expected = ROWS.filter((row) => fits(row, query));
    expect(passed.sort()).toEqual(expected.map((row) => `${row.x - 150_000} ${row.y - 450_000} ${row.kind}`).sort());
    expect(counts.selected).toBe(expected.length);
  });

  it.each(QUERIES)("counts each choice as if only it were chosen in its group: %s", (text) => {
    const query = new URLSearchParams(text);
    const { counts } = selector.apply(parseFilter(query));
    const expected = (name: string, value: string) => {
      const asked = new URLSearchParams(query);
      asked.set(name, value);
      return ROWS.filter((row) => fits(row, asked)).length;
    };
    for (const [type, count] of counts.types) expect([type, count]).toEqual([type, expected("soort", type)]);
    for (const [source, count] of counts.sources) expect([source, count]).toEqual([source, expected("bron", source)]);
    for (const [area, count] of counts.areas) expect([area, count]).toEqual([area, expected("gebied", area)]);
    for (let hour = 0; hour < 24; hour++) expect(counts.hours[hour]).toBe(expected("uur", `${hour}-${hour}`));
    WEEKDAYS.forEach((day, d) => expect([day, counts.weekdays[d]]).toEqual([day, expected("dag", day)]));
  });

  it("counts reports per day whatever the period", () => {
    const { perDay } = selector.apply(parseFilter(new URLSearchParams("soort=vandalism&van=2026-06-20")));
    perDay.forEach((count, d) =>
      expect(count).toBe(ROWS.filter((row) => row.kind > 0 && row.date === isoDate(dots.firstDay + d)).length),
    );
  });

  it("counts hours of the week of what passes everything", () => {
    const query = new URLSearchParams("dag=vr&uur=3-5");
    const { hourOfWeek, selected } = selector.apply(parseFilter(query)).counts;
    expect(hourOfWeek.reduce((sum, count) => sum + count)).toBe(selected);
    expect(hourOfWeek[4 * 32 + 4]).toBe(ROWS.filter((row) => fits(row, query) && row.hour === 4).length);
  });
});

it("a period outside the data is an empty slice, one round it the whole", () => {
  expect(periodSlice(dots, 0, dots.firstDay - 1)).toEqual([0, 0]);
  expect(periodSlice(dots, dots.lastDay + 1, dots.lastDay + 9)).toEqual([600, 600]);
  expect(periodSlice(dots, -Infinity, Infinity)).toEqual([0, 600]);
});
