// SPDX-License-Identifier: EUPL-1.2
// How old an entry is, by a clock that may be wrong: only ever a difference, never a moment.

export interface Reading {
  wall: number; // what the phone's clock said, in ms
  mono: number; // ms since this page was opened: no clock that is set can change it
  origin: number; // which opening of the page that was
  offset: number | null; // the server's clock less the phone's, as last seen
}

export function read(offset: number | null): Reading {
  return { wall: Date.now(), mono: performance.now(), origin: performance.timeOrigin, offset };
}

/**
 * Gives the age in seconds, null when it cannot be told.
 *
 * Within one opening of the page by the monotonic clock. After a restart by the phone's own clock, which may be hours
 * off as long as it stays so; when it was set in between, what the server said before and after corrects it.
 */
export function ageOf(made: Reading, now: Reading): number | null {
  let ms = now.wall - made.wall;
  if (made.origin === now.origin) ms = now.mono - made.mono;
  else if (made.offset !== null && now.offset !== null) ms += now.offset - made.offset;
  return Number.isFinite(ms) && ms >= 0 ? Math.round(ms / 100) / 10 : null;
}
