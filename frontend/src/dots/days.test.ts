// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { dayNumber, dutchDate, dutchNumber, dutchWeek, isoDate, isoWeek, monday, weekday } from "./days";

const day = (iso: string) => dayNumber(iso) as number;

it("reads and writes dates, and refuses what is none", () => {
  expect(isoDate(day("2026-09-08"))).toBe("2026-09-08");
  for (const wrong of ["2026-02-30", "8-9-2026", "", "2026-13-01"]) expect(dayNumber(wrong)).toBeNull();
});

it("knows the day of the week, before 1970 too", () => {
  expect(weekday(day("2026-09-07"))).toBe(0);
  expect(weekday(day("1969-12-28"))).toBe(6);
  expect(isoDate(monday(day("2026-09-13")))).toBe("2026-09-07");
});

it("knows week 53 and the weeks round New Year", () => {
  expect(isoWeek(day("2021-01-03"))).toEqual([2020, 53]);
  expect(isoWeek(day("2024-12-30"))).toEqual([2025, 1]);
  expect(isoWeek(day("2026-09-08"))).toEqual([2026, 37]);
});

it("writes as Dutch people do", () => {
  expect(dutchDate(day("2026-03-08"))).toBe("8 mrt 2026");
  expect(dutchWeek(day("2026-09-08"))).toBe("week 37 van 2026");
  expect(dutchNumber(12480)).toBe("12.480");
  expect(dutchNumber(3.52)).toBe("3,5");
});
