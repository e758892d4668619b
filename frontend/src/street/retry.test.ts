// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Standing } from "./desk";
import { keepTrying } from "./retry";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk() {
  let told: (standing: Standing) => void = () => undefined;
  const made = {
    trouble: "offline" as Standing["trouble"],
    sync: vi.fn(async () => told({ trouble: made.trouble } as Standing)),
    onChange: (take: typeof told) => void (told = take),
  };
  return made;
}

it("tries within seconds while the line is away, and once a minute when it is there", async () => {
  const one = desk();
  await keepTrying(one)();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(one.sync.mock.calls.length).toBeGreaterThanOrEqual(4);
  one.trouble = null;
  await vi.advanceTimersByTimeAsync(30_000);
  const calls = one.sync.mock.calls.length;
  await vi.advanceTimersByTimeAsync(50_000);
  expect(one.sync.mock.calls.length - calls).toBeLessThanOrEqual(1);
});

it("tries at once when the browser says that the line is back", async () => {
  const one = desk();
  await keepTrying(one)();
  const calls = one.sync.mock.calls.length;
  one.trouble = null;
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(1);
  expect(one.sync.mock.calls.length).toBe(calls + 1);
});
