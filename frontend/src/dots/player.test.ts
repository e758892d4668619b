// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from "vitest";
import { nextStep } from "./player";

it("goes on week by week to the end", () => {
  expect(nextStep({ first: 3, last: 5 }, 8)).toEqual({ first: 4, last: 6 });
  expect(nextStep({ first: 5, last: 7 }, 8)).toBeNull();
});

it("from everything begins with the first four weeks", () => {
  expect(nextStep({ first: 0, last: 99 }, 100)).toEqual({ first: 0, last: 3 });
  expect(nextStep({ first: 0, last: 2 }, 3)).toBeNull();
});
