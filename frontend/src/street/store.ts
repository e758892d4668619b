// SPDX-License-Identifier: EUPL-1.2
// What stays on the phone when its battery is pulled: entries that wait, and a few things to remember.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { STORE } from "../site/leave";
import type { Reading } from "./clock";

export interface Body {
  plan_id: string;
  place_id: string;
  visited: boolean;
  code: string;
  why: string;
  better: string[];
  remark: string;
  note: string;
}

export interface Kept {
  id: string;
  owner: string;
  week: string;
  number: string; // of the place, as people call it
  words: string; // what was told, to read
  body: Body;
  made: Reading;
  state: "waiting" | "sent" | "refused";
  said: string; // why it was refused
  field: string;
}

interface Schema extends DBSchema {
  entries: { key: string; value: Kept; indexes: { state: string } };
  memory: { key: string; value: unknown };
}

export type Store = IDBPDatabase<Schema>;

export function openStore(name = STORE): Promise<Store> {
  return openDB<Schema>(name, 1, {
    upgrade(store) {
      store.createObjectStore("entries", { keyPath: "id" }).createIndex("state", "state");
      store.createObjectStore("memory");
    },
  });
}

/** Keeps a new entry; when this has returned it is on the disk, not in a buffer. */
export async function add(store: Store, kept: Kept): Promise<void> {
  const change = store.transaction("entries", "readwrite", { durability: "strict" });
  await Promise.all([change.store.add(kept), change.done]); // not put: an entry is never written over
}

export async function entries(store: Store, owner: string): Promise<Kept[]> {
  const all = await store.getAll("entries");
  return all.filter((kept) => kept.owner === owner).sort((a, b) => a.made.wall - b.made.wall);
}

export async function waiting(store: Store, owner: string): Promise<Kept[]> {
  const all = await store.getAllFromIndex("entries", "state", "waiting");
  return all.filter((kept) => kept.owner === owner).sort((a, b) => a.made.wall - b.made.wall);
}

/** Counts what somebody else left on this phone; it is sent when that person logs in again. */
export async function ofOthers(store: Store, owner: string): Promise<number> {
  const all = await store.getAllFromIndex("entries", "state", "waiting");
  return all.filter((kept) => kept.owner !== owner).length;
}

export interface Settled {
  id: string;
  state: "sent" | "refused";
  said: string;
  field: string;
}

/**
 * Marks what the server answered, all at once. Once an entry is confirmed, its note and what was seen leave the phone;
 * what the server would not keep leaves it at once.
 */
export async function settle(store: Store, answered: Settled[]): Promise<void> {
  const change = store.transaction("entries", "readwrite", { durability: "strict" });
  for (const { id, state, said, field } of answered) {
    const kept = await change.store.get(id);
    if (!kept) continue;
    const body = { ...kept.body };
    if (state === "sent" || field === "note") body.note = "";
    if (state === "sent" || field === "remark") body.remark = "";
    await change.store.put({ ...kept, body, state, said, field });
  }
  await change.done;
}

/** Gives a refused entry another try, changed. The server never kept it, so it may keep its number. */
export async function again(store: Store, id: string, change: Partial<Body>): Promise<void> {
  const kept = await store.get("entries", id);
  if (kept?.state !== "refused") return;
  await store.put("entries", { ...kept, body: { ...kept.body, ...change }, state: "waiting", said: "", field: "" });
}

/** Throws a refused entry away, as its owner asked; what waits or was confirmed stays. */
export async function discard(store: Store, id: string): Promise<void> {
  const change = store.transaction("entries", "readwrite", { durability: "strict" });
  if ((await change.store.get(id))?.state === "refused") await change.store.delete(id);
  await change.done;
}

/** Forgets what was confirmed in an earlier week. */
export async function forget(store: Store, week: string): Promise<void> {
  const change = store.transaction("entries", "readwrite");
  for await (const cursor of change.store) {
    if (cursor.value.state === "sent" && cursor.value.week < week) await cursor.delete();
  }
  await change.done;
}

export async function remember(store: Store, key: string, value: unknown): Promise<void> {
  await store.put("memory", value, key);
}

export async function remembered<T>(store: Store, key: string): Promise<T | undefined> {
  return (await store.get("memory", key)) as T | undefined;
}
