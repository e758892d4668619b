// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import cases from "../../../../tests/agreements/trace_cases.json";
import { MOST_LETTERS, personalIn, refusalOf } from "./gate";
import { RULES, translated } from "./patterns";

describe("the gate on the phone", () => {
  it("answers every case as the server does", () => {
    const wrong = (cases as [string, string | null][]).filter(([text, kind]) => personalIn(text) !== kind);
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(400);
  });

  it("has a case of every kind that is looked for", () => {
    const told = new Set((cases as [string, string | null][]).map(([, kind]) => kind));
    expect(RULES.kinds.filter((kind) => !told.has(kind))).toEqual([]);
  });

  it("says what is wrong without repeating it", () => {
    const said = refusalOf("Vraag mevrouw Jansen maar");
    expect(said).toContain("naam van een persoon");
    expect(said).not.toContain("Jansen");
    expect(refusalOf("Lamp kapot bij het viaduct")).toBe("");
    expect(refusalOf("a".repeat(MOST_LETTERS + 1))).toContain("141 tekens");
  });

  it("writes patterns that older browsers read", () => {
    expect(translated("(?i:ab|\\bc)D\\w")).toMatch(/^\(\?:\[aA\]\[bB\]\|.*\[cC\]\)D\[/);
    expect(translated("[\\w'-]+[^\\W\\d_]")).toBe("[\\p{L}\\p{N}_'-]+\\p{L}");
  });
});
