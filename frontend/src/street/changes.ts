// SPDX-License-Identifier: EUPL-1.2
// What changed in the plan since it was last seen on this phone.
import type { Place, Week } from "./server";

export interface Seen {
  plan_id: string;
  version: number;
  places: Place[];
}

export function seenOf(week: Week): Seen {
  return { plan_id: week.plan_id, version: week.version, places: week.places };
}

/** Says in sentences what is new, gone or different; nothing when it was never seen, or is of another plan. */
export function changesSince(seen: Seen | undefined, week: Week): string[] {
  if (!seen || seen.plan_id !== week.plan_id) return [];
  const before = new Map(seen.places.map((place) => [place.id, place]));
  const said = week.places.flatMap((place) => {
    const old = before.get(place.id);
    before.delete(place.id);
    return old ? differences(old, place) : [`${called(place)} is erbij gekomen.`];
  });
  const gone = [...before.values()].map((place) => `${called(place)} is vervallen.`);
  return [...said, ...gone];
}

function differences(old: Place, now: Place): string[] {
  const found: string[] = [];
  if (old.kind !== now.kind) found.push(`${now.kind} in plaats van ${old.kind}`);
  if (old.hours !== now.hours || old.visits !== now.visits) {
    found.push(`${now.visits} keer, samen ${now.hours} uur (was ${old.visits} keer, ${old.hours} uur)`);
  }
  // While the outlook is on hold no hours are told: that is no change of the plan.
  if (old.when.length && now.when.length && old.when.join() !== now.when.join()) found.push(`nu vooral ${now.when.join(", ")}`);
  return found.length ? [`${called(now)}: ${found.join("; ")}.`] : [];
}

function called(place: Place): string {
  return place.areas.length ? `Plek ${place.number} (${place.areas.join(", ")})` : `Plek ${place.number}`;
}
