// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import "fake-indexeddb/auto";
import { add, entries, openStore, remember, remembered } from "../street/store";
import { dropOnLeaving, dropPlan } from "./leave";

it("throws the kept pages away before a log-out goes off, also when that fails", async () => {
  for (const works of [true, false]) {
    const done: string[] = [];
    const drop = () => (done.push("drop"), works ? Promise.resolve() : Promise.reject(new Error("no")));
    document.body.innerHTML = `<form data-leave></form><form id="other"></form>`;
    const form = document.querySelector<HTMLFormElement>("form[data-leave]")!;
    form.submit = () => void done.push("submit");
    dropOnLeaving(document, drop);
    expect(form.dispatchEvent(new Event("submit", { cancelable: true }))).toBe(false);
    await vi.waitFor(() => expect(done).toEqual(["drop", "submit"]));
    expect(document.querySelector("#other")!.dispatchEvent(new Event("submit", { cancelable: true }))).toBe(true);
  }
});

it("throws them away where somebody is asked to log in, and nowhere else", () => {
  const drop = vi.fn(async () => undefined);
  document.body.innerHTML = "<main></main>";
  dropOnLeaving(document, drop);
  expect(drop).not.toHaveBeenCalled();
  document.body.innerHTML = "<form data-enter></form>";
  dropOnLeaving(document, drop);
  expect(drop).toHaveBeenCalledOnce();
});

it("takes the plan from the store, and leaves what waits or was not taken in", async () => {
  const store = await openStore();
  const kept = (id: string, state: "waiting" | "sent" | "refused") =>
    ({ id, owner: "a", week: "2026-W37", number: "1", words: "geweest", state, said: "", field: "", made: { wall: 1 }, body: {} }) as never;
  for (const state of ["waiting", "sent", "refused"] as const) await add(store, kept(state, state));
  for (const key of ["week", "seen", "kept"]) await remember(store, key, { places: ["Centrum"] });
  await remember(store, "offset", 5);
  await dropPlan();
  for (const key of ["week", "seen", "kept"]) expect(await remembered(store, key)).toBeUndefined();
  expect(await remembered(store, "offset")).toBe(5);
  expect((await entries(store, "a")).map((each) => each.id).sort()).toEqual(["refused", "waiting"]);
  store.close();
});

it("makes no store where Straat was never opened", async () => {
  const { IDBFactory } = await import("fake-indexeddb");
  const fresh = new IDBFactory();
  await dropPlan(fresh);
  expect(await fresh.databases()).toEqual([]);
});
