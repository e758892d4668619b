// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { Chart, whereFrom } from "./chart";

function chart(): Chart {
  const holder = document.createElement("div");
  holder.innerHTML = `<svg viewBox="0 0 500 375" data-west="1000" data-north="5375" data-cell="125" data-inside="${"1111".repeat(2)}0001"><rect class="straat-svg__chosen"/><g font-size="20"></g></svg>`;
  return new Chart(holder);
}

describe("the drawn map", () => {
  it("names the square of a place as the town's grid does", () => {
    expect(chart().cellAt(1010, 5010)).toEqual({ name: "E1000N5000", column: 0, row: 2 });
    expect(chart().cellAt(1499, 5374)).toEqual({ name: "E1375N5250", column: 3, row: 0 });
    expect(chart().cellAt(999, 5010)).toBeNull();
    expect(chart().cellAt(1010, 4999)).toBeNull();
  });

  it("finds a square by its name, and knows whether it counts", () => {
    const drawn = chart();
    const cell = drawn.cellNamed("E1375N5000");
    expect(cell && drawn.counts(cell)).toBe(true);
    const outside = drawn.cellNamed("E1000N5000");
    expect(outside && drawn.counts(outside)).toBe(false);
    expect(drawn.cellNamed("overal")).toBeNull();
    expect(drawn.cellNamed("E9000N5000")).toBeNull();
  });

  it("says where a square lies in words", () => {
    expect(whereFrom(0, 0, [0, 250])).toBe("250 meter naar het noorden");
    expect(whereFrom(0, 0, [-120, -120])).toBe("150 meter naar het zuidwesten");
    expect(whereFrom(0, 0, [40, 0])).toBe("op deze plek zelf");
  });
});
