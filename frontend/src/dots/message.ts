// SPDX-License-Identifier: EUPL-1.2
/** Reads the binary message of dots: a header in JSON and one typed array a column, on the buffer itself. */

export interface Kind {
  crime_type: string;
  label: string;
  colour: string;
  source: string;
  source_label: string;
}

export interface Area {
  code: string | null;
  name: string;
  wijk: string | null;
}

export interface Header {
  n: number;
  origin: [number, number];
  step_m: number;
  first_day: string;
  kinds: Kind[];
  precisions_m: number[];
  areas: Area[];
  districts: { code: string; name: string }[];
  area_offsets: number[];
  totals: { all: number; hidden: number; outside: number };
  fine: boolean;
  columns: string[];
}

/** The dots as they came, sorted by area. Each column is a view on the message: nothing is copied. */
export interface Message {
  header: Header;
  x: Uint16Array;
  y: Uint16Array;
  day: Uint16Array;
  kind: Uint8Array;
  clock: Uint8Array;
}

/** The message is not what the map can read. The sentence is for the person at the screen. */
export class UnreadableMessage extends Error {}

const MAGIC = "STIPDOT1";
const WIDTHS: Record<string, number> = { x: 2, y: 2, day: 2, kind: 1, clock: 1 };
const COLUMNS = Object.keys(WIDTHS);

/** Bytes of a dot before compression. */
export const BYTES_A_DOT = Object.values(WIDTHS).reduce((sum, width) => sum + width, 0);

function refuse(what: string): never {
  throw new UnreadableMessage(`De meldingen zijn niet goed aangekomen: ${what}. Laad de pagina opnieuw.`);
}

function readHeader(buffer: ArrayBuffer): { header: Header; start: number } {
  if (buffer.byteLength < 12) refuse("het bericht is te kort");
  const magic = new TextDecoder("latin1").decode(new Uint8Array(buffer, 0, 8));
  if (magic !== MAGIC) refuse("dit is geen bericht met stippen");
  const start = 12 + new DataView(buffer).getUint32(8, true);
  if (start > buffer.byteLength || start % 8) refuse("de kop past niet");
  try {
    return {
      header: JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 12, start - 12))) as Header,
      start,
    };
  } catch {
    return refuse("de kop is geen JSON");
  }
}

function check(header: Header): void {
  if (!Number.isInteger(header.n) || header.n < 0) refuse("het aantal meldingen klopt niet");
  if (String(header.columns) !== String(COLUMNS)) refuse("de kolommen zijn andere dan deze kaart kent");
  const { area_offsets: offsets, areas, kinds, precisions_m: precisions, n } = header;
  if (offsets.length !== areas.length + 1 || offsets[0] !== 0 || offsets[areas.length] !== n)
    refuse("de gebieden tellen niet op tot alle meldingen");
  if (offsets.some((offset, i) => i > 0 && offset < offsets[i - 1])) refuse("de gebieden staan niet op volgorde");
  if (kinds.length > 255) refuse("er zijn meer dan 255 soorten");
  if (precisions.length > 8) refuse("er zijn meer dan 8 precisies");
}

/**
 * Read a message.
 *
 * @throws UnreadableMessage when it does not fit, with a sentence that says why.
 */
export function decode(buffer: ArrayBuffer): Message {
  const { header, start } = readHeader(buffer);
  check(header);
  const at: Record<string, number> = {};
  let end = start;
  for (const column of COLUMNS) {
    at[column] = end;
    end += Math.ceil((header.n * WIDTHS[column]) / 8) * 8;
  }
  if (end !== buffer.byteLength) refuse(`er zijn ${buffer.byteLength} bytes, ${end} verwacht`);
  const kind = new Uint8Array(buffer, at.kind, header.n);
  const clock = new Uint8Array(buffer, at.clock, header.n);
  for (let i = 0; i < header.n; i++) {
    if (kind[i] >= header.kinds.length) refuse("een melding heeft een soort die de kop niet noemt");
    if (clock[i] >> 5 >= header.precisions_m.length) refuse("een melding heeft een precisie die de kop niet noemt");
  }
  return {
    header,
    x: new Uint16Array(buffer, at.x, header.n),
    y: new Uint16Array(buffer, at.y, header.n),
    day: new Uint16Array(buffer, at.day, header.n),
    kind,
    clock,
  };
}
