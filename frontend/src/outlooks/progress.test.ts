// SPDX-License-Identifier: EUPL-1.2
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followProgress } from "./progress";

const part = (busy: "ja" | "nee", innerHTML: string) =>
  ({ dataset: { busy }, innerHTML, childNodes: [innerHTML], replaceChildren: vi.fn() }) as unknown as HTMLElement;

const answer = (ok: boolean, text: string) => ({ ok, text: async () => text }) as Response;

describe("the progress of an outlook in the making", () => {
  const reload = vi.fn();

  beforeEach(() => {
    reload.mockClear();
    vi.stubGlobal("window", { location: { href: "/vooruitblik/maken/1", reload } });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("puts what changed on the page, goes on when the network is away, and ends when it is done", async () => {
    const box = part("ja", "Beginnen");
    const answers: (Response | Error)[] = [answer(true, "Beginnen"), new Error("weg"), answer(true, "Klaar")];
    const ask = vi.fn(async () => {
      const next = answers.shift();
      if (next instanceof Error || !next) throw next;
      return next;
    });
    await followProgress(box, ask as unknown as typeof fetch, 0, (page) => part(page === "Klaar" ? "nee" : "ja", page));
    expect(ask).toHaveBeenCalledTimes(3);
    expect(box.replaceChildren).toHaveBeenCalledOnce();
    expect(reload).not.toHaveBeenCalled();
  });

  it.each([
    ["a refusal", answer(false, "Geen toegang")],
    ["the page to log in", answer(true, "Inloggen")],
  ])("stops and loads the page again at %s", async (_, refused) => {
    const ask = vi.fn(async () => refused);
    await followProgress(part("ja", "Beginnen"), ask as unknown as typeof fetch, 0, () => null);
    expect(ask).toHaveBeenCalledOnce();
    expect(reload).toHaveBeenCalledOnce();
  });
});
