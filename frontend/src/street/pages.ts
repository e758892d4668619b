// SPDX-License-Identifier: EUPL-1.2
// Keeps the pages of this week on the phone, so that they open without a connection; and throws them away.
import { PAGES } from "../site/leave";
import type { Week } from "./server";
import { type Store, remember, remembered } from "./store";

/** Keeps the pages again when the plan, the person or the app is another; what was cut off goes on where it was. */
export async function keepPages(store: Store, week: Week): Promise<void> {
  if (!("caches" in window)) return;
  if (await pagesKept(store, week)) return;
  const edition = editionOf(week);
  const begun = await remembered<{ edition: string; urls: string[] }>(store, "keeping");
  const goesOn = begun?.edition === edition;
  const urls = goesOn ? begun.urls : [];
  if (week.held && !goesOn) {
    await dropPages(store); // what the outlook said stands in the pages of before
    await remember(store, "keeping", { edition, urls });
  }
  const pages = await caches.open(PAGES);
  for (const url of week.pages) {
    if (urls.includes(url) && (await pages.match(url))) continue;
    const answer = await fetch(url, { redirect: "error" });
    if (!answer.ok) return; // next time
    await pages.put(url, answer);
    urls.push(url);
    await remember(store, "keeping", { edition, urls });
  }
  for (const { url } of await pages.keys()) {
    const { pathname } = new URL(url);
    if (!pathname.endsWith(".json") && !week.pages.includes(pathname)) await pages.delete(url); // of an earlier plan
  }
  await remember(store, "kept", edition);
}

/** Whether the pages of this week are all on the phone. */
export async function pagesKept(store: Store, week: Week): Promise<boolean> {
  if (!("caches" in globalThis) || (await remembered<string>(store, "kept")) !== editionOf(week)) return false;
  return caches.has(PAGES); // they may be gone while the store is not: logging out at the desk throws them away too
}

/** Whether Straat opens without a connection: its pages are kept, and so are the files that they need. */
export async function isReady(store: Store, week: Week): Promise<boolean> {
  const worker = await globalThis.navigator?.serviceWorker?.getRegistration();
  return Boolean(worker?.active) && !worker?.installing && (await pagesKept(store, week));
}

function editionOf(week: Week): string {
  return [week.owner, week.build, week.week, week.plan_id, week.version, week.held].join("|");
}

/** Throws the pages away: somebody else has this phone now. What waits in the queue stays. */
export async function dropPages(store: Store): Promise<void> {
  await remember(store, "kept", "");
  if ("caches" in globalThis) await caches.delete(PAGES);
}
