// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { BYTES_A_DOT, decode, UnreadableMessage } from "./message";
import { encode } from "./sample";

const ROWS = [
  { x: 150_010, y: 450_020, date: "2026-06-03", kind: 1, hour: 23, precision: 1, area: 1 },
  { x: 150_001, y: 450_002, date: "2026-06-01", kind: 0, hour: 31 },
  { x: 150_003, y: 450_004, date: "2026-06-02", kind: 2, hour: 0, area: 2 },
];

describe("decode", () => {
  it("reads each column where the server wrote it", () => {
    const message = decode(encode(ROWS));
    expect([...message.x]).toEqual([1, 10, 3]);
    expect([...message.y]).toEqual([2, 20, 4]);
    expect([...message.day]).toEqual([0, 2, 1]);
    expect([...message.kind]).toEqual([0, 1, 2]);
    expect([...message.clock]).toEqual([31, (1 << 5) | 23, 0]);
    expect(message.header.area_offsets).toEqual([0, 1, 2, 3]);
  });

  it("copies nothing", () => {
    const buffer = encode(ROWS);
    const message = decode(buffer);
    for (const column of [message.x, message.y, message.day, message.kind, message.clock])
      expect(column.buffer).toBe(buffer);
  });

  it("takes 8 bytes a dot", () => expect(BYTES_A_DOT).toBe(8));

  it("reads a town without reports", () => expect(decode(encode([])).header.n).toBe(0));

  const broken: [string, () => ArrayBuffer, RegExp][] = [
    ["something else", () => new TextEncoder().encode("<!doctype html>…").buffer as ArrayBuffer, /geen bericht/],
    ["half a message", () => encode(ROWS).slice(0, -8), /bytes/],
    ["nothing", () => new ArrayBuffer(0), /te kort/],
    ["too long a header", () => encode(ROWS).slice(0, 16), /kop past niet/],
    ["offsets that do not add up", () => encode(ROWS, { area_offsets: [0, 1, 2, 9] }), /tellen niet op/],
    ["offsets that go back", () => encode(ROWS, { area_offsets: [0, 3, 2, 3] }), /op volgorde/],
    ["a kind without a name", () => encode(ROWS, { kinds: [] }), /soort/],
    ["a precision without a size", () => encode(ROWS, { precisions_m: [1] }), /precisie/],
    ["other columns", () => encode(ROWS, { columns: ["y", "x", "day", "kind", "clock"] }), /kolommen/],
  ];
  it.each(broken)("refuses %s with a sentence", (_, make, sentence) => {
    expect(() => decode(make())).toThrow(UnreadableMessage);
    expect(() => decode(make())).toThrow(sentence);
  });
});
