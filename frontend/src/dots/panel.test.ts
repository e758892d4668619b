// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { arrange } from "./dots";
import { decode } from "./message";
import { Panel } from "./panel";
import { encode } from "./sample";

const rows = Array.from({ length: 130 }, () => ({ x: 150_100, y: 450_100, date: "2026-06-05", kind: 1, hour: 22 }));
const dots = arrange(decode(encode(rows)));
const found = (n: number) => ({
  at: [150_100, 450_100] as [number, number],
  dots: [...Array(n).keys()],
  square: 0,
  precision: 25,
  near: 3,
});
let host: HTMLElement;
let map: HTMLElement;
let panel: Panel;

beforeEach(() => {
  document.body.innerHTML = '<div id="kaart" tabindex="0"></div><section id="paneel" hidden></section>';
  map = document.querySelector("#kaart") as HTMLElement;
  host = document.querySelector("#paneel") as HTMLElement;
  panel = new Panel(host, map);
  map.focus();
});

it("opens as a list and takes the focus, and gives it back to the map", () => {
  panel.show(dots, found(2));
  expect(host.hidden).toBe(false);
  expect(document.activeElement?.textContent).toBe("2 meldingen op deze plek");
  expect(host.querySelectorAll("li").length).toBe(2);
  expect(host.textContent).toContain("Vernieling");
  expect(host.textContent).toContain("vrijdag 5 jun 2026, tussen 22 en 23 uur");
  expect(host.textContent).toContain("afgerond op 25 meter");
  expect(host.textContent).toContain("liggen nog 3 meldingen");
  host.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(host.hidden).toBe(true);
  expect(document.activeElement).toBe(map);
});

it("cuts nothing off in silence", () => {
  panel.show(dots, found(130));
  expect(host.querySelectorAll("li").length).toBe(100);
  expect(host.textContent).toContain("de nieuwste 100 van 130");
});

it("leaves the focus where it was when there is nothing", () => {
  panel.showNothing();
  expect(host.textContent).toContain("geen meldingen");
  expect(document.activeElement).toBe(map);
});

it("shows a neighbourhood with its number and the way to its page", () => {
  panel.showArea("Oude Markt", 45, "/gebied/BU1");
  expect(document.activeElement?.textContent).toBe("Oude Markt");
  expect(host.textContent).toContain("Ongeveer 45 meldingen in deze keuze.");
  expect(host.querySelector("a")?.getAttribute("href")).toBe("/gebied/BU1");
  panel.showArea("Haven", 0, "/gebied/BU2");
  expect(host.textContent).toContain("Geen meldingen die u mag zien.");
});
