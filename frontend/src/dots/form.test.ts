// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { dayNumber } from "./days";
import { FilterForm } from "./form";

const PAGE = `
  <a id="tab" data-filter-link href="/kaart/lijst">Lijst</a>
  <form id="filter">
    <input type="checkbox" name="soort" value="vandalism">
    <input type="checkbox" name="soort" value="bicycle_theft" checked>
    <input type="date" name="van" value="2026-06-08"><input type="date" name="tot" value="">
    <input type="hidden" name="vergelijk_van" value="2025-06-08">
    <a id="later" data-days="7" href="?x">Week verder</a>
    <a id="summer" data-period="2026-06-01/2026-08-31" href="?x">Zomer</a>
    <a id="always" data-period="/" href="?x">Alles</a>
    <a id="clear" data-clear="vlak" href="?x">Wis</a>
  </form>`;

const click = (id: string) => document.getElementById(id)?.click();
const value = (name: string) => document.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value;
let form: FilterForm;
let heard: string[];

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, "", "/kaart");
  document.body.innerHTML = PAGE;
  form = new FilterForm(document.querySelector("#filter") as HTMLFormElement);
  heard = [];
  form.onChange = ({ types, from, to }) => heard.push(`${types} ${from} ${to}`);
});

it("reads the fields of the form", () => {
  expect(form.read()).toMatchObject({
    types: ["bicycle_theft"],
    from: dayNumber("2026-06-08"),
    to: null,
    layers: null,
  });
});

it("tells of a change at once, and puts it in the address and the links soon after", () => {
  click("summer");
  expect(heard).toEqual([`bicycle_theft ${dayNumber("2026-06-01")} ${dayNumber("2026-08-31")}`]);
  expect(location.search).toBe("");
  vi.runAllTimers();
  const query = "?soort=bicycle_theft&van=2026-06-01&tot=2026-08-31&vergelijk_van=2025-06-08";
  expect(location.search).toBe(query);
  expect(document.querySelector<HTMLAnchorElement>("#tab")?.search).toBe(query);
});

it("moves the days that are set, and leaves an open end open", () => {
  click("later");
  expect([value("van"), value("tot")]).toEqual(["2026-06-15", ""]);
  click("always");
  expect([value("van"), value("tot")]).toEqual(["", ""]);
});

it("makes the fields that the page does not have, and empties them", () => {
  const ring: [number, number][] = [[1, 2], [30, 2], [30, 40]]; // prettier-ignore
  form.write({ polygon: ring, layers: ["water"], extent: [1.4, 2, 3, 4] });
  expect([value("vlak"), value("lagen"), value("kader")]).toEqual(["1,2;30,2;30,40", "water", "1,2,3,4"]);
  expect(form.read()).toMatchObject({ polygon: ring, layers: ["water"] });
  click("clear");
  form.write({ extent: null });
  expect(form.read()).toMatchObject({ polygon: null, extent: null });
});

it("does not send the form", () => {
  const event = new Event("submit", { cancelable: true });
  document.querySelector("#filter")?.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  expect(heard.length).toBe(1);
});
