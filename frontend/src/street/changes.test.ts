// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { changesSince, type Seen } from "./changes";
import type { Place, Week } from "./server";

const place = (id: string, changes: Partial<Place> = {}): Place => ({
  id, number: Number(id.slice(1)), areas: ["Centrum"], kind: "kijken", hours: "4", visits: 2, when: [],
  streets: "", what: "", each: "2", moment: "", chosen_by: "", reasons: [], x: 0, y: 0, ...changes,
}); // prettier-ignore
const week = (places: Place[], version = 2): Week => ({
  owner: "", build: "", token: "", now_ms: 0, week: "2026-W37", team: "", plan_id: "plan", version, held: false, places, told: {}, pages: [],
}); // prettier-ignore
const seen: Seen = { plan_id: "plan", version: 1, places: [place("p1"), place("p2")] };

describe("what changed since it was last seen", () => {
  it("is nothing the first time, for another week, or when nothing did", () => {
    expect(changesSince(undefined, week([place("p1")]))).toEqual([]);
    expect(changesSince({ ...seen, plan_id: "vorige" }, week([place("p3")]))).toEqual([]);
    expect(changesSince(seen, week([place("p2"), place("p1")]))).toEqual([]);
  });

  it("tells no change of hours that the outlook, on hold or not, no longer tells", () => {
    const [told, silent] = [[place("p1", { when: ["wo–vr 16–20 uur"] })], [place("p1")]];
    expect(changesSince({ ...seen, places: told }, week(silent))).toEqual([]);
    expect(changesSince({ ...seen, places: silent }, week(told))).toEqual([]);
    const other = week([place("p1", { when: ["za–zo 0–4 uur"] })]);
    expect(changesSince({ ...seen, places: told }, other)).toEqual(["Plek 1 (Centrum): nu vooral za–zo 0–4 uur."]);
  });

  it("names what came, went and became different", () => {
    const now = week([place("p1", { kind: "praten", hours: "6", visits: 3 }), place("p3", { areas: [] })]);
    expect(changesSince(seen, now)).toEqual([
      "Plek 1 (Centrum): praten in plaats van kijken; 3 keer, samen 6 uur (was 2 keer, 4 uur).",
      "Plek 3 is erbij gekomen.",
      "Plek 2 (Centrum) is vervallen.",
    ]);
  });
});
