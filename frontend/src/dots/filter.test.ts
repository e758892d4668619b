// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { parseFilter, queryText, writeFilter } from "./filter";

const WHOLE =
  "soort=bicycle_theft&soort=vandalism&bron=bvh&van=2026-06-01&tot=2026-08-31&uur=20-23&uur=0-3&dag=vr&dag=za" +
  "&gebied=WK999901&vlak=100%2C200%3B300%2C200%3B300%2C400&weergave=dichtheid&straal=500&lagen=lampen%2Cwater" +
  "&kader=1%2C2%2C3%2C4";

describe("the filter in the URL", () => {
  it("is the same after reading and writing", () => {
    expect(writeFilter(parseFilter(new URLSearchParams(WHOLE))).toString()).toBe(WHOLE);
  });

  it("is readable in the address bar", () => {
    const text = queryText(writeFilter(parseFilter(new URLSearchParams(WHOLE))));
    expect(text).toContain("vlak=100,200;300,200;300,400");
    expect(writeFilter(parseFilter(new URLSearchParams(text))).toString()).toBe(WHOLE);
  });

  it("without a query lets everything through and writes nothing", () => {
    const filter = parseFilter(new URLSearchParams());
    expect(filter).toMatchObject({ types: [], from: null, hours: [], polygon: null, mode: "stippen", radius: 250 });
    expect(writeFilter(filter).toString()).toBe("");
  });

  it("leaves out empty fields of the form and what it does not understand", () => {
    const query = "soort=&van=&tot=gisteren&uur=25-3&uur=x&dag=xx&vlak=1,2;3,4&straal=-1&weergave=3d&kader=1,2";
    expect(writeFilter(parseFilter(new URLSearchParams(query))).toString()).toBe("");
  });

  it("keeps what is only the map's to itself when asked", () => {
    const query = writeFilter(parseFilter(new URLSearchParams(WHOLE)), { map: false });
    expect(query.get("vlak")).toBe("100,200;300,200;300,400");
    for (const name of ["weergave", "straal", "lagen", "kader"]) expect(query.has(name)).toBe(false);
  });

  it("tells no layers from layers not named", () => {
    expect(parseFilter(new URLSearchParams("lagen=")).layers).toEqual([]);
    expect(parseFilter(new URLSearchParams("")).layers).toBeNull();
    expect(writeFilter(parseFilter(new URLSearchParams("lagen="))).toString()).toBe("lagen=");
  });
});
