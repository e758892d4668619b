// SPDX-License-Identifier: EUPL-1.2
/** The same changes for both: what a person does to a filter, a slider and an animation, as filters. */

import type { Dots } from "../../frontend/src/dots/dots";
import { parseFilter, type Filter } from "../../frontend/src/dots/filter";

export type Kind = "filter" | "slider" | "animation";

const ALL = parseFilter(new URLSearchParams());

/** Return the filter of step i: another crime type; the first week one later; a window of four weeks one later. */
export function stepOf(kind: Kind, i: number, dots: Dots): Filter {
  const types = [...new Set(dots.header.kinds.map(({ crime_type }) => crime_type))];
  switch (kind) {
    case "filter":
      return { ...ALL, types: types.filter((_, k) => (i + k) % 3 !== 0) };
    case "slider":
      return { ...ALL, from: dots.firstDay + 7 * (i + 1), to: null };
    case "animation": {
      const from = dots.lastDay - 27 - 7 * (i + 1);
      return { ...ALL, from, to: from + 27 };
    }
  }
}
