// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { dayNumber, isoDate } from "./days";
import { moveBy, moveByKey, Weeks } from "./weeks";

const day = (iso: string) => dayNumber(iso) as number;
const weeks = new Weeks(day("2026-06-03"), day("2026-07-05")); // Wednesday of week 23 to Sunday of week 27

it("weeks run from Monday to Sunday", () => {
  expect(isoDate(weeks.start)).toBe("2026-06-01");
  expect(weeks.count).toBe(5);
  const perDay = new Uint32Array(33).fill(1);
  expect([...weeks.perWeek(perDay, day("2026-06-03"))]).toEqual([5, 7, 7, 7, 7]);
});

it("a period covers the weeks that it touches, also outside the data", () => {
  expect(weeks.windowOf(null, null)).toEqual({ first: 0, last: 4 });
  expect(weeks.windowOf(day("2026-06-14"), day("2026-06-15"))).toEqual({ first: 1, last: 2 });
  expect(weeks.windowOf(day("2020-01-01"), day("2030-01-01"))).toEqual({ first: 0, last: 4 });
});

it("a window becomes whole weeks, open at the ends of the data", () => {
  const { from, to } = weeks.period({ first: 1, last: 2 });
  expect([isoDate(from as number), isoDate(to as number)]).toEqual(["2026-06-08", "2026-06-21"]);
  expect(weeks.period({ first: 0, last: 4 })).toEqual({ from: null, to: null });
});

it("handles do not pass each other or the data, and the whole keeps its length", () => {
  const window = { first: 1, last: 2 };
  expect(moveBy(window, "first", 9, 5)).toEqual({ first: 2, last: 2 });
  expect(moveBy(window, "last", 9, 5)).toEqual({ first: 1, last: 4 });
  expect(moveBy(window, "whole", 9, 5)).toEqual({ first: 3, last: 4 });
  expect(moveBy(window, "whole", -9, 5)).toEqual({ first: 0, last: 1 });
});

it("arrows step a week, pages four, Home and End go all the way", () => {
  const window = { first: 1, last: 1 };
  expect(moveByKey(window, "whole", "ArrowRight", 9)).toEqual({ first: 2, last: 2 });
  expect(moveByKey(window, "whole", "ArrowDown", 9)).toEqual({ first: 0, last: 0 });
  expect(moveByKey(window, "whole", "PageUp", 9)).toEqual({ first: 5, last: 5 });
  expect(moveByKey(window, "last", "End", 9)).toEqual({ first: 1, last: 8 });
  expect(moveByKey(window, "whole", "Home", 9)).toEqual({ first: 0, last: 0 });
  expect(moveByKey(window, "whole", "Tab", 9)).toBeNull();
});

it("says in words where a handle stands", () => {
  expect(weeks.spoken("first", { first: 1, last: 2 })).toBe("vanaf week 24 van 2026, 8 jun 2026");
  expect(weeks.spoken("whole", { first: 1, last: 1 })).toBe("8 jun 2026 tot en met 14 jun 2026, 1 week");
});
