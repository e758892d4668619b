// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Desk } from "./desk";
import { showPlace } from "./place";
import type { Kept } from "./store";

const PAGE = `<form id="melding" data-plan="plan" data-place="p1" data-number="2">
  <input type="radio" name="geweest" value="ja"><input type="radio" name="geweest" value="nee">
  <fieldset data-step="ja"><label><input type="radio" name="hoe" value="rustig"><span>Rustig</span></label></fieldset>
  <fieldset data-step="nee"><label><input type="radio" name="waarom" value="geen_tijd"><span>Geen tijd</span></label></fieldset>
  <div data-step="laatste"><button>Opslaan</button><select name="gezien"><option value=""></option><option value="hulp"></option></select><p id="opmerking-niet" hidden></p><div id="opmerking-vak">
  <textarea name="opmerking"></textarea><p id="opmerking-fout" hidden></p></div></div></form>`;
let kept: Partial<Kept>[];
let form: HTMLFormElement;

function desk(keep: (one: Partial<Kept>) => Promise<void>): Desk {
  return { keep, onChange: () => undefined } as unknown as Desk;
}
function choose(name: string, value: string): void {
  for (const one of form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)) one.checked = one.value === value;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}
const submit = () => form.dispatchEvent(new Event("submit", { cancelable: true }));
const shown = () => [...form.querySelectorAll<HTMLElement>("[data-step]")].filter((step) => !step.hidden).map((step) => step.dataset.step);

beforeEach(() => {
  kept = [];
  document.body.innerHTML = PAGE;
  form = document.querySelector("form")!;
});

describe("what is told of a place", () => {
  it("asks one thing after the other", () => {
    showPlace(desk(async () => undefined), form);
    expect(shown()).toEqual([]);
    choose("geweest", "ja");
    expect(shown()).toEqual(["ja"]);
    choose("hoe", "rustig");
    expect(shown()).toEqual(["ja", "laatste"]);
    choose("geweest", "nee");
    expect(shown()).toEqual(["nee"]);
  });

  it("keeps it once, however often the button is tapped", async () => {
    showPlace(desk(async (one) => void kept.push(one)), form, () => "nummer");
    choose("geweest", "ja");
    choose("hoe", "rustig");
    submit();
    submit();
    await vi.waitFor(() => expect(document.body.textContent).toContain("Opgeslagen: geweest, rustig."));
    expect(kept.map((one) => [one.id, one.body?.visited, one.body?.code, one.body?.why])).toEqual([["nummer", true, "rustig", ""]]);
  });

  it("keeps nothing while the note holds personal data", async () => {
    showPlace(desk(async (one) => void kept.push(one)), form);
    choose("geweest", "nee");
    choose("waarom", "geen_tijd");
    form.querySelector("textarea")!.value = "Zie kenteken 12-ABC-3";
    submit();
    await vi.waitFor(() => expect(document.getElementById("opmerking-fout")!.textContent).toContain("kenteken"));
    expect(kept).toEqual([]);
    form.querySelector("textarea")!.value = "";
    submit();
    await vi.waitFor(() => expect(kept.length).toBe(1));
    expect(kept[0].body).toMatchObject({ visited: false, code: "", why: "geen_tijd" });
  });

  it("keeps no note beside help, and says why", async () => {
    showPlace(desk(async (one) => void kept.push(one)), form);
    const hidden = () => ["vak", "niet"].map((name) => document.getElementById(`opmerking-${name}`)!.hidden);
    choose("geweest", "ja");
    choose("hoe", "rustig");
    expect(hidden()).toEqual([false, true]);
    form.querySelector("textarea")!.value = "Bij de ingang";
    form.querySelector<HTMLSelectElement>("select[name=gezien]")!.value = "hulp";
    form.dispatchEvent(new Event("change", { bubbles: true }));
    expect(hidden()).toEqual([true, false]);
    submit();
    await vi.waitFor(() => expect(kept.length).toBe(1));
    expect(kept[0].body).toMatchObject({ remark: "hulp", note: "" });
  });

  it("says so when the phone is full, and can be tried again", async () => {
    let full = true;
    showPlace(desk(async (one) => (full ? Promise.reject(new Error("full")) : void kept.push(one))), form);
    choose("geweest", "ja");
    choose("hoe", "rustig");
    submit();
    await vi.waitFor(() => expect(document.body.textContent).toContain("Opslaan op deze telefoon lukte niet"));
    full = false;
    submit();
    await vi.waitFor(() => expect(kept.length).toBe(1));
  });
});
