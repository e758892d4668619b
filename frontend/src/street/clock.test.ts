// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { ageOf, type Reading } from "./clock";

const HOUR = 3_600_000;
const made: Reading = { wall: 50 * HOUR, mono: 1_000, origin: 1, offset: 0 };

describe("the age of an entry", () => {
  it("is by the monotonic clock while the page stays open, whatever the phone's clock is set to", () => {
    expect(ageOf(made, { ...made, wall: made.wall - 9 * HOUR, mono: 61_000 })).toBe(60);
    expect(ageOf(made, { ...made, wall: made.wall + 9 * HOUR, mono: 61_000 })).toBe(60);
  });

  it("is right after a restart on a phone whose clock is hours off, as long as it stays so", () => {
    const now = { wall: made.wall + 2 * HOUR, mono: 10, origin: 2, offset: null };
    expect(ageOf({ ...made, offset: null }, now)).toBe(7200);
    expect(ageOf({ ...made, offset: -7 * HOUR }, { ...now, offset: -7 * HOUR })).toBe(7200);
  });

  it("is right when the clock was set in between and the server was seen before and after", () => {
    const set = { wall: made.wall + 2 * HOUR + 5 * HOUR, mono: 10, origin: 2, offset: -5 * HOUR };
    expect(ageOf(made, set)).toBe(7200);
  });

  it("is not told when it cannot be", () => {
    expect(ageOf({ ...made, offset: null }, { wall: made.wall - HOUR, mono: 10, origin: 2, offset: null })).toBeNull();
    expect(ageOf(made, { ...made, wall: Number.NaN, origin: 2 })).toBeNull();
  });
});
