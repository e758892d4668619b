// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { UnreadableMessage } from "./message";
import { HEADER } from "./sample";
import { Status } from "./status";

const header = { ...HEADER, n: 500, area_offsets: [], totals: { all: 500, hidden: 12, outside: 0 } };
let host: HTMLElement;
let status: Status;

beforeEach(() => {
  vi.useFakeTimers();
  host = document.createElement("div");
  status = new Status(host);
});

it("speaks once a movement has come to rest", () => {
  status.loading();
  for (let selected = 0; selected < 50; selected++) status.counted(selected, header);
  expect(host.dataset.staat).toBe("laden");
  vi.runAllTimers();
  expect(host.textContent).toBe("49 van 500 meldingen.");
  expect(host.dataset.staat).toBe("goed");
});

it("says what privacy leaves out, apart", () => {
  status.loaded(header);
  expect(host.querySelector(".stand-privacy")?.textContent).toContain("12 meldingen staan niet op de kaart");
});

it("offers to try again, and says why it is needed", () => {
  const retry = vi.fn();
  status.failed(403, retry);
  expect(host.textContent).toContain("geen recht");
  host.querySelector("button")?.click();
  expect(retry).toHaveBeenCalledOnce();
  expect(host.querySelector("button")).toBeNull();
  status.failed(new UnreadableMessage("De meldingen zijn niet goed aangekomen."), retry);
  expect(host.textContent).toContain("niet goed aangekomen");
});

it("tells a town without reports from a choice without", () => {
  status.counted(0, { ...header, n: 0 });
  vi.runAllTimers();
  expect(host.dataset.staat).toBe("leeg");
  status.counted(0, header);
  vi.runAllTimers();
  expect(host.dataset.staat).toBe("niets");
});
