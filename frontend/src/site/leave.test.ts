// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { dropOnLeaving } from "./leave";

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
