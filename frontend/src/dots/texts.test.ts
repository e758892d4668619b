// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { HEADER } from "./sample";
import { countText, errorText, LOADING, NO_REPORTS, privacyTexts, stateText } from "./texts";

const header = { ...HEADER, n: 12480, area_offsets: [] };

it("tells how many of how many, in Dutch figures", () => {
  expect(countText(12480, { n: 12480, fine: true })).toBe("12.480 van 12.480 meldingen");
  expect(countText(0, { n: 1, fine: true })).toBe("0 van 1 melding");
  expect(countText(80, { n: 955, fine: false })).toBe("ongeveer 80 meldingen (44 tot 116)");
  expect(countText(0, { n: 955, fine: false })).toBe("geen meldingen");
});

it("has another text for each state", () => {
  const texts = [
    LOADING,
    NO_REPORTS,
    stateText(5, header),
    stateText(0, header),
    ...[null, 401, 403, 500].map(errorText),
    ...privacyTexts({ ...header, fine: false, totals: { all: 9, hidden: 1, outside: 2 } }),
  ];
  expect(new Set(texts).size).toBe(texts.length);
  expect(stateText(0, { ...header, n: 0 })).toBe(NO_REPORTS);
});

it("says nothing of privacy when all is shown", () => {
  expect(privacyTexts(header)).toEqual([]);
});
