// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { showTab } from "./tabs";

it("brings the open tab to the middle of the line", () => {
  document.body.innerHTML = '<ul class="tabs"><li><a>Een</a></li><li><a aria-current="page">Twee</a></li></ul>';
  const tab = document.querySelector("[aria-current]") as HTMLElement;
  const line = document.querySelector(".tabs") as HTMLElement;
  for (const [element, name, value] of [
    [tab, "offsetLeft", 900],
    [tab, "offsetWidth", 100],
    [line, "clientWidth", 300],
  ] as const)
    Object.defineProperty(element, name, { value });
  showTab();
  expect(line.scrollLeft).toBe(800);
});
