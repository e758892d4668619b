// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { layerChoice } from "./layer_choice";

const layer = (name: string, date: string) => ({
  name,
  label: name,
  url: "",
  on: false,
  date,
  source: "gemeente",
  colour: "#8a6d00",
});

it("shows each layer with its own date and source, and tells which are on", () => {
  const host = document.createElement("div");
  document.body.append(host); // a loose box tells of no change
  const heard: string[][] = [];
  const failed = layerChoice(host, [layer("bomen", "2026-01-03"), layer("lampen", "")], ["bomen"], (on) =>
    heard.push(on),
  );
  expect([...host.querySelectorAll("small")].map((each) => each.textContent)).toEqual([
    "stand 3 jan 2026, gemeente",
    "stand niet bekend, gemeente",
  ]);
  host.querySelector<HTMLInputElement>('[value="lampen"]')?.click();
  host.querySelector<HTMLInputElement>('[value="bomen"]')?.click();
  expect(heard).toEqual([["bomen", "lampen"], ["lampen"]]);
  failed("lampen");
  expect(host.textContent).toContain("niet geladen");
});
