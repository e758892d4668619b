// SPDX-License-Identifier: EUPL-1.2
// Keeps the pages of this week on the phone, so that they open without a connection; and throws them away.
import { PAGES } from "../site/leave";
import type { Week } from "./server";
import { type Store, remember, remembered } from "./store";

/** Keeps the pages again when the plan, the person or the app is another. */
export async function keepPages(store: Store, week: Week): Promise<void> {
  if (!("caches" in window)) return;
  const wanted = [week.owner, week.build, week.week, week.plan_id, week.version].join("|");
  // The pages may be gone while the store is not: logging out at the desk throws them away too.
  if ((await remembered<string>(store, "kept")) === wanted && (await caches.has(PAGES))) return;
  const pages = await caches.open(PAGES);
  for (const url of week.pages) {
    const answer = await fetch(url, { redirect: "error" });
    if (!answer.ok) return; // next time
    await pages.put(url, answer);
  }
  for (const { url } of await pages.keys()) {
    const { pathname } = new URL(url);
    if (!pathname.endsWith(".json") && !week.pages.includes(pathname)) await pages.delete(url); // of an earlier plan
  }
  await remember(store, "kept", wanted);
}

/** Throws the pages away: somebody else has this phone now. What waits in the queue stays. */
export async function dropPages(store: Store): Promise<void> {
  await remember(store, "kept", "");
  if ("caches" in globalThis) await caches.delete(PAGES);
}
