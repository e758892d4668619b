// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { fillBlank } from "./blank";
import type { Desk, Standing } from "./desk";
import type { Kept } from "./store";

const PAGE = `<h1>Plek <span data-of="number"></span></h1><p id="plek-onbekend"></p><div id="plek" hidden>
  <p data-of="areas"></p><p data-of="streets" hidden></p><span data-of="moment"></span>
  <div hidden><ul data-of="reasons"></ul></div>
  <form id="melding"><input type="radio" name="geweest" value="ja" checked>
  <label><input type="radio" name="hoe" value="rustig" checked><span>Rustig</span></label>
  <select name="gezien"><option value=""></option></select><textarea name="opmerking"></textarea></form></div>`;
const PLACE = {
  id: "p2", number: 4, areas: ["Centrum", "Noord"], streets: "Bachlaan", moment: "di avond", reasons: ["Eén feit"], x: 1, y: 2,
}; // prettier-ignore
let kept: Partial<Kept>[];
let tell: (standing: unknown) => void;

beforeEach(() => {
  kept = [];
  document.body.innerHTML = PAGE;
  const listeners: ((standing: Standing) => void)[] = [];
  tell = (standing) => listeners.forEach((told) => told(standing as Standing));
  const desk = { keep: async (one: Partial<Kept>) => void kept.push(one), onChange: (told: never) => void listeners.push(told) };
  fillBlank(desk as unknown as Desk, document.getElementById("plek-onbekend")!, "/straat/plek/p2");
});
const hidden = (id: string) => document.getElementById(id)!.hidden;
const week = (places: unknown[]) => ({ week: { week: "2026-W37", plan_id: "plan", places, told: {} }, entries: [] });

describe("a place whose page is not on the phone yet", () => {
  it("is drawn from the week, and can be told of", async () => {
    tell(week([{ ...PLACE, id: "p1" }, PLACE]));
    expect([hidden("plek-onbekend"), hidden("plek")]).toEqual([true, false]);
    expect(document.querySelector("h1")!.textContent).toBe("Plek 4");
    expect(document.body.textContent).toContain("Centrum, Noord");
    expect([...document.querySelectorAll<HTMLElement>("[data-of]")].some((box) => box.closest("[hidden]"))).toBe(false);
    expect(document.querySelector("li")!.textContent).toBe("Eén feit");
    document.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(kept.length).toBe(1));
    expect(kept[0]).toMatchObject({ week: "2026-W37", number: "4", body: { plan_id: "plan", place_id: "p2", code: "rustig", better: [] } });
  });

  it("stays unknown while the week is, or does not have it", () => {
    tell({ week: null, entries: [] });
    tell(week([{ ...PLACE, id: "p1" }]));
    expect([hidden("plek-onbekend"), hidden("plek")]).toEqual([false, true]);
  });

  it("shows no reasons and streets where there are none", () => {
    tell(week([{ ...PLACE, reasons: [], streets: "" }]));
    expect(document.querySelector("ul")!.closest("[hidden]")).not.toBe(null);
    expect(document.querySelector<HTMLElement>("[data-of=streets]")!.hidden).toBe(true);
  });
});
