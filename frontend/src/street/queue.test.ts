// SPDX-License-Identifier: EUPL-1.2
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Reading } from "./clock";
import { Desk, type Standing } from "./desk";
import { AT_ONCE, sendAll } from "./queue";
import type { Answer, Outcome, Sending, Server, Trouble } from "./server";
import { add, again, discard, entries, forget, type Kept, ofOthers, openStore, remember, remembered, settle, type Store, waiting } from "./store";

const AT: Reading = { wall: 1_000_000, mono: 5_000, origin: 1, offset: null };
let store: Store;
let base = 0;

function kept(number: number, changes: Partial<Kept> = {}): Kept {
  const body = { plan_id: "plan", place_id: `p${number % 7}`, visited: true, code: "rustig", why: "", better: [], remark: "lamp", note: "Stil" };
  const made = { ...AT, wall: AT.wall + number, mono: AT.mono + number };
  return { id: `id-${number}`, owner: "ik", week: "2026-W37", number: "1", words: "geweest, rustig", body, made, state: "waiting", said: "", field: "", ...changes };
}

/** A server that keeps what reaches it, and of which the line breaks where it is told to. */
class Shaky implements Server {
  readonly stored = new Map<string, number>();
  calls = 0;
  constructor(readonly what: (call: number) => "ok" | "before" | "after" | "half" | Trouble) {}
  async week(): Promise<Answer> {
    return { week: null, trouble: null };
  }
  async send(batch: Sending[]): Promise<Outcome[] | Trouble> {
    const what = this.what(this.calls++);
    if (what === "before") return "offline";
    if (what !== "ok" && what !== "after" && what !== "half") return what;
    const outcomes = batch.map(({ id }): Outcome => {
      const known = this.stored.has(id);
      if (!known) this.stored.set(id, 1);
      return { id, result: known ? "again" : "stored", said: "", field: "" };
    });
    if (what === "after") return "offline"; // it was stored; the answer never came
    return what === "half" ? outcomes.slice(0, Math.ceil(outcomes.length / 2)) : outcomes;
  }
}

const send = (server: Server, now: Reading = AT) => sendAll(store, server, "ik", "token", () => now);

beforeEach(async () => {
  store = await openStore(`queue-${base++}`);
});

describe("the queue", () => {
  it("sends all that waits, oldest first, and wipes note and remark once it is confirmed", async () => {
    for (const number of [2, 0, 1]) await add(store, kept(number));
    const server = new Shaky(() => "ok");
    expect(await send(server)).toEqual({ trouble: null, confirmed: 3, refused: 0 });
    expect([...server.stored.keys()]).toEqual(["id-0", "id-1", "id-2"]);
    const left = (await entries(store, "ik")).map((one) => [one.state, one.body.note, one.body.remark]);
    expect(left).toEqual(Array(3).fill(["sent", "", ""]));
    expect((await send(server)).confirmed).toBe(0);
    expect(server.calls).toBe(1);
  });

  it.each(["offline", "login", "forbidden", "later"] as Trouble[])("keeps everything when the server says %s", async (trouble) => {
    await add(store, kept(0));
    expect((await send(new Shaky(() => trouble))).trouble).toBe(trouble);
    expect(await waiting(store, "ik")).toEqual([kept(0)]);
  });

  it("keeps what the server did not name", async () => {
    for (let number = 0; number < 4; number++) await add(store, kept(number));
    const server = new Shaky((call) => (call === 0 ? "half" : "before"));
    expect(await send(server)).toEqual({ trouble: "offline", confirmed: 2, refused: 0 });
    expect((await waiting(store, "ik")).map((one) => one.id)).toEqual(["id-2", "id-3"]);
  });

  it("finds the one that the server cannot read, and sends the others", async () => {
    for (let number = 0; number < 3; number++) await add(store, kept(number));
    const server = new (class extends Shaky {
      async send(batch: Sending[]) {
        return batch.some((one) => one.id === "id-1") ? ("unreadable" as const) : super.send(batch);
      }
    })(() => "ok");
    expect(await send(server)).toEqual({ trouble: null, confirmed: 2, refused: 1 });
    expect((await entries(store, "ik")).map((one) => one.state)).toEqual(["sent", "refused", "sent"]);
  });

  it("loses nothing and doubles nothing of 1,000, however the line breaks and the page restarts", async () => {
    const name = `queue-${base++}`;
    store = await openStore(name);
    await Promise.all(Array.from({ length: 1000 }, (_, number) => add(store, kept(number))));
    let seed = 37;
    const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const faults = ["ok", "before", "after", "half", "later", "login"] as const;
    const server = new Shaky(() => faults[Math.floor(chance() * faults.length)]);
    for (let restart = 0; restart < 400 && (await waiting(store, "ik")).length; restart++) {
      await send(server, { ...AT, origin: restart + 2 });
      store.close(); // the battery is pulled: only what is on the disk is left
      store = await openStore(name);
    }
    expect((await entries(store, "ik")).length).toBe(1000);
    expect(await waiting(store, "ik")).toEqual([]);
    expect(server.stored.size).toBe(1000);
    expect(server.calls).toBeGreaterThan(1000 / AT_ONCE);
  }, 120_000);

  it("sends nobody else's, and counts them", async () => {
    await add(store, kept(0, { owner: "ander" }));
    const server = new Shaky(() => "ok");
    await send(server);
    expect(server.calls).toBe(0);
    expect(await ofOthers(store, "ik")).toBe(1);
  });

  it("tells an age and never a moment", async () => {
    await add(store, kept(0));
    let told: Sending[] = [];
    const server = new (class extends Shaky {
      async send(batch: Sending[]) {
        told = batch;
        return super.send(batch);
      }
    })(() => "ok");
    await send(server, { ...AT, mono: AT.mono + 90_000 });
    expect(told[0].age_s).toBe(90);
    expect(Object.keys(told[0]).sort()).toEqual(
      ["age_s", "better", "code", "id", "note", "place_id", "plan_id", "remark", "visited", "why"],
    );
  });

  it("never writes an entry over another", async () => {
    await add(store, kept(0));
    await expect(add(store, kept(0, { words: "anders" }))).rejects.toThrow();
    expect((await entries(store, "ik"))[0].words).toBe("geweest, rustig");
  });

  it("lets what was refused go without its note, and nothing else be changed", async () => {
    await add(store, kept(0));
    await again(store, "id-0", { note: "" });
    expect((await waiting(store, "ik"))[0].body.note).toBe("Stil"); // it was not refused
    await settle(store, [{ id: "id-0", state: "refused", said: "Dat mag niet.", field: "note" }]);
    expect((await entries(store, "ik"))[0].body).toMatchObject({ note: "", remark: "lamp" }); // gone from the phone at once
    await again(store, "id-0", { note: "" });
    expect((await waiting(store, "ik"))[0].body.note).toBe("");
    await settle(store, [{ id: "id-0", state: "refused", said: "Geen buurt.", field: "remark" }]);
    expect((await entries(store, "ik"))[0].body.remark).toBe("");
  });

  it("throws away what was refused, and nothing else", async () => {
    for (const number of [0, 1, 2]) await add(store, kept(number));
    await settle(store, [
      { id: "id-0", state: "refused", said: "Van een ander team.", field: "" },
      { id: "id-1", state: "sent", said: "", field: "" },
    ]);
    for (const number of [0, 1, 2, 3]) await discard(store, `id-${number}`);
    expect((await entries(store, "ik")).map((one) => one.id)).toEqual(["id-1", "id-2"]);
  });

  it("is emptied while the plan is on hold, and the plan leaves the phone", async () => {
    await add(store, kept(0));
    await remember(store, "owner", "ik");
    await remember(store, "week", { week: "2026-W37" });
    const server = new (class extends Shaky {
      async week(): Promise<Answer> {
        return { week: null, trouble: "paused", sending: { owner: "ik", token: "t", now_ms: 1_000 } };
      }
    })(() => "ok");
    const desk = new Desk(store, server, "ik");
    const told: Standing[] = [];
    desk.onChange((standing) => told.push(standing));
    await desk.sync();
    expect(told.at(-1)).toMatchObject({ trouble: "paused", waiting: 0, week: null });
    expect(server.stored.size).toBe(1);
    expect(await remembered(store, "week")).toBe(null);
  });

  it("forgets what was confirmed in an earlier week, and keeps what waits", async () => {
    await add(store, kept(0, { week: "2026-W36", state: "sent" }));
    await add(store, kept(1, { week: "2026-W36" }));
    await add(store, kept(2, { state: "sent" }));
    await forget(store, "2026-W37");
    expect((await entries(store, "ik")).map((one) => one.id)).toEqual(["id-1", "id-2"]);
  });
});
