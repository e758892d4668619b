// SPDX-License-Identifier: EUPL-1.2
/** The filter as it stands in the URL: the same names on every tab, in exports and in twins. */

import { dayNumber, isoDate, WEEKDAYS } from "./days";
import type { Ring } from "./polygon";

export const MODES = ["stippen", "gegradueerd", "vakken", "dichtheid"] as const;
export type Mode = (typeof MODES)[number];

/** Empty lists and nulls mean: all of them. */
export interface Filter {
  types: string[];
  sources: string[];
  /** Day numbers since 1970, both included. */
  from: number | null;
  to: number | null;
  /** Ranges of hours, both included; 22-3 goes past midnight. */
  hours: [number, number][];
  /** 0 for Monday … 6 for Sunday. */
  weekdays: number[];
  /** Codes of areas (BU…) and districts (WK…). */
  areas: string[];
  /** In whole metres of the map's system. */
  polygon: Ring | null;
  mode: Mode;
  radius: number;
  /** Names of context layers; null when the URL does not say. */
  layers: string[] | null;
  extent: [number, number, number, number] | null;
}

export const DEFAULT_RADIUS_M = 250;

function numbers(text: string | null, separator: RegExp): number[] | null {
  if (!text) return null;
  const found = text.split(separator).map(Number);
  return found.every(Number.isFinite) ? found : null;
}

function parseRing(text: string | null): Ring | null {
  const flat = numbers(text, /[,;]/);
  if (!flat || flat.length < 6 || flat.length % 2) return null;
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

function parseHours(text: string): [number, number][] {
  const found = /^(\d{1,2})-(\d{1,2})$/.exec(text);
  if (!found) return [];
  const [from, to] = [Number(found[1]), Number(found[2])];
  return from < 24 && to < 24 ? [[from, to]] : [];
}

/** Read a filter from a query; what it does not understand, it leaves out (the server says so in words). */
export function parseFilter(query: URLSearchParams): Filter {
  const all = (name: string) => query.getAll(name).filter(Boolean);
  const mode = query.get("weergave") as Mode;
  const radius = Number(query.get("straal"));
  const extent = numbers(query.get("kader"), /,/);
  return {
    types: all("soort"),
    sources: all("bron"),
    from: dayNumber(query.get("van") ?? ""),
    to: dayNumber(query.get("tot") ?? ""),
    hours: all("uur").flatMap(parseHours),
    weekdays: all("dag")
      .map((day) => (WEEKDAYS as readonly string[]).indexOf(day))
      .filter((day) => day >= 0),
    areas: all("gebied"),
    polygon: parseRing(query.get("vlak")),
    mode: MODES.includes(mode) ? mode : "stippen",
    radius: radius > 0 ? radius : DEFAULT_RADIUS_M,
    layers: query.has("lagen") ? (query.get("lagen") ?? "").split(",").filter(Boolean) : null,
    extent: extent?.length === 4 ? (extent as Filter["extent"]) : null,
  };
}

/** Return the text of a ring for `vlak`. */
export function ringText(ring: Ring): string {
  return ring.map(([x, y]) => `${Math.round(x)},${Math.round(y)}`).join(";");
}

/** Return a query as text in which commas and semicolons stay readable: both may stand in a query. */
export function queryText(query: URLSearchParams): string {
  return query.toString().replace(/%2C/g, ",").replace(/%3B/g, ";");
}

/** Write a filter as a query, names in a fixed order, without what is as usual. Ends in the same filter when read. */
export function writeFilter(filter: Filter, { map = true } = {}): URLSearchParams {
  const query = new URLSearchParams();
  for (const type of filter.types) query.append("soort", type);
  for (const source of filter.sources) query.append("bron", source);
  if (filter.from !== null) query.append("van", isoDate(filter.from));
  if (filter.to !== null) query.append("tot", isoDate(filter.to));
  for (const [from, to] of filter.hours) query.append("uur", `${from}-${to}`);
  for (const day of filter.weekdays) query.append("dag", WEEKDAYS[day]);
  for (const area of filter.areas) query.append("gebied", area);
  if (filter.polygon) query.append("vlak", ringText(filter.polygon));
  if (!map) return query;
  if (filter.mode !== "stippen") query.append("weergave", filter.mode);
  if (filter.radius !== DEFAULT_RADIUS_M) query.append("straal", String(filter.radius));
  if (filter.layers) query.append("lagen", filter.layers.join(","));
  if (filter.extent) query.append("kader", filter.extent.map(Math.round).join(","));
  return query;
}
