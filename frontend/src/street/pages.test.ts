// SPDX-License-Identifier: EUPL-1.2
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepPages, pagesKept } from "./pages";
import type { Week } from "./server";
import { openStore, type Store } from "./store";

const PAGES = ["/straat", "/straat/plek", "/straat/plek/p1"];
const week = { owner: "ik", build: "1", week: "2026-W37", plan_id: "plan", version: 1, held: false, pages: PAGES } as unknown as Week;
let store: Store;
let kept: Map<string, unknown>;
let asked: string[];
let broken: string;

beforeEach(async () => {
  [kept, asked, broken] = [new Map(), [], ""];
  const cache = {
    match: async (url: string) => kept.get(url),
    put: async (url: string, answer: unknown) => void kept.set(url, answer),
    keys: async () => [...kept.keys()].map((url) => ({ url: `http://stip${url}` })),
    delete: async ({ url }: { url: string }) => kept.delete(new URL(url).pathname),
  };
  const caches = { open: async () => cache, has: async () => kept.size > 0, delete: async () => kept.clear() };
  vi.stubGlobal("caches", caches);
  vi.stubGlobal("window", { caches });
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    if (url === broken) throw new TypeError("offline");
    return { ok: true };
  });
  store = await openStore(`pages-${Math.random()}`);
});
afterEach(() => vi.unstubAllGlobals());

it("goes on where it was cut off, and says when all are kept", async () => {
  broken = PAGES[2];
  await expect(keepPages(store, week)).rejects.toThrow();
  expect(await pagesKept(store, week)).toBe(false);
  broken = "";
  await keepPages(store, week);
  expect(asked).toEqual([...PAGES, PAGES[2]]);
  expect(await pagesKept(store, week)).toBe(true);
  await keepPages(store, week);
  expect(asked.length).toBe(4);
});

it("keeps them anew for another version, and when they were thrown away elsewhere", async () => {
  await keepPages(store, week);
  await keepPages(store, { ...week, version: 2 });
  expect(asked).toEqual([...PAGES, ...PAGES]);
  kept.clear();
  await keepPages(store, { ...week, version: 2 });
  expect(asked.length).toBe(9);
});

it("throws what the outlook said away first when that is on hold", async () => {
  await keepPages(store, week);
  broken = PAGES[0];
  await expect(keepPages(store, { ...week, held: true })).rejects.toThrow();
  expect(kept.size).toBe(0);
});

it("goes on where it was while the outlook is on hold, too", async () => {
  broken = PAGES[2];
  await expect(keepPages(store, { ...week, held: true })).rejects.toThrow();
  broken = "";
  await keepPages(store, { ...week, held: true });
  expect(asked).toEqual([PAGES[0], PAGES[1], PAGES[2], ...PAGES.slice(2)]);
});
