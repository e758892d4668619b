// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { dayNumber } from "./days";
import { Slider } from "./slider";
import { Weeks, type Window } from "./weeks";

const weeks = new Weeks(dayNumber("2026-06-01") as number, dayNumber("2026-08-02") as number); // nine weeks
const counts = Uint32Array.of(3, 0, 5, 1, 2, 8, 1, 1, 4);
let host: HTMLElement;
let slider: Slider;
let heard: Window[];

const handle = (label: string) => host.querySelector<HTMLElement>(`[aria-label="${label}"]`) as HTMLElement;
const press = (label: string, key: string, more: KeyboardEventInit = {}) =>
  handle(label).dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true, ...more }));

beforeEach(() => {
  host = document.createElement("div");
  slider = new Slider(host, weeks);
  heard = [];
  slider.onMove = (window) => {
    heard.push(window);
    slider.show(counts, window);
  };
  slider.show(counts, { first: 2, last: 4 });
});

it("has three handles that say in Dutch where they stand", () => {
  const told = [...host.querySelectorAll('[role="slider"]')].map((each) => each.getAttribute("aria-valuetext"));
  expect(told).toEqual([
    "15 jun 2026 tot en met 5 jul 2026, 3 weken",
    "vanaf week 25 van 2026, 15 jun 2026",
    "tot en met week 27 van 2026, 5 jul 2026",
  ]);
});

it("works by keyboard alone, and leaves other keys to the page", () => {
  press("Eerste week", "ArrowLeft");
  press("Laatste week", "End");
  press("Hele periode verschuiven", "PageDown");
  expect(heard).toEqual([
    { first: 1, last: 4 },
    { first: 1, last: 8 },
    { first: 0, last: 7 },
  ]);
  expect(press("Eerste week", "Tab")).toBe(true);
  press("Eerste week", "ArrowRight", { altKey: true });
  expect(heard.length).toBe(3);
});

it("tells between what each handle may move", () => {
  const bounds = (label: string) =>
    ["aria-valuemin", "aria-valuenow", "aria-valuemax"].map((name) => handle(label).getAttribute(name));
  expect(bounds("Eerste week")).toEqual(["0", "2", "4"]);
  expect(bounds("Laatste week")).toEqual(["2", "4", "8"]);
  expect(bounds("Hele periode verschuiven")).toEqual(["0", "2", "6"]);
});

it("draws a bar for each week with reports, and those chosen again", () => {
  const bars = (name: string) => host.querySelector(name)?.getAttribute("d")?.match(/M/g)?.length;
  expect(bars(".histogram-balken")).toBe(8);
  expect(bars(".histogram-gekozen")).toBe(3);
  expect(host.textContent).toContain("meeste: 8");
});
