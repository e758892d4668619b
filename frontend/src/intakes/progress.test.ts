// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it, vi } from "vitest";
import { follow, show, type Told } from "./progress";

/** A box as far as `show` looks at it: three parts by their selector. */
function box() {
  const parts = { progress: { value: 0 }, "[data-progress-text]": { textContent: "Bezig" }, "[data-progress-percent]": { textContent: "0" } };
  const element = {
    dataset: { progress: "/voortgang.json" },
    querySelector: (selector: string) => parts[selector as keyof typeof parts] ?? null,
  };
  return { parts, element: element as unknown as HTMLElement };
}

const told = (busy: boolean, percent = 40): Told => ({ busy, percent, text: "bezig", state: "checking" });

describe("the progress of a step", () => {
  it("shows how far it is, and sets the text only when it changes", () => {
    const { parts, element } = box();
    let set = 0;
    Object.defineProperty(parts["[data-progress-text]"], "textContent", { get: () => "Bezig", set: () => set++ });
    show(element, told(true));
    expect(parts.progress.value).toBe(40);
    expect(parts["[data-progress-percent]"].textContent).toBe("40");
    expect(set).toBe(0);
  });

  it("asks until the step has ended, goes on when the network is away, and then loads the page again", async () => {
    const reload = vi.fn();
    vi.stubGlobal("window", { location: { reload } });
    const { parts, element } = box();
    const answers = [told(true), new Error("weg"), told(true, 80), told(false)];
    const ask = vi.fn(async () => {
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return { ok: true, json: async () => next } as Response;
    });
    await follow(element, ask as unknown as typeof fetch, 0);
    expect(ask).toHaveBeenCalledTimes(4);
    expect(parts.progress.value).toBe(80);
    expect(reload).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});
