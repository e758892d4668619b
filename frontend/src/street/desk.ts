// SPDX-License-Identifier: EUPL-1.2
// What the screens share: the store, the week as last known, how the sending goes, and who is told when it changes.
import { read, type Reading } from "./clock";
import { dropPages, isReady, keepPages } from "./pages";
import { sendAll } from "./queue";
import type { Server, ToSend, Trouble, Week } from "./server";
import { add, entries, forget, type Kept, ofOthers, remember, remembered, type Store } from "./store";

export interface Standing {
  week: Week | null;
  entries: Kept[];
  waiting: number;
  others: number;
  trouble: Trouble | null;
  lastSync: number | null; // by the phone's clock
  ready: boolean; // opens without a connection
}

export class Desk {
  readonly store: Store;
  readonly owner: string;
  readonly #server: Server;
  readonly #told: ((standing: Standing) => void)[] = [];
  #week: Week | null = null;
  #trouble: Trouble | null = null;
  #offset: number | null = null;
  #busy: Promise<void> | null = null;

  constructor(store: Store, server: Server, owner: string) {
    [this.store, this.#server, this.owner] = [store, server, owner];
  }

  /** Begins with what the phone remembers, so that a screen is whole before the server answers. */
  async begin(): Promise<void> {
    this.#offset = (await remembered<number>(this.store, "offset")) ?? null;
    if ((await remembered<string>(this.store, "owner")) !== this.owner) {
      await dropPages(this.store);
      await remember(this.store, "owner", this.owner);
      for (const key of ["week", "seen"]) await remember(this.store, key, null); // the plan of another
    }
    this.#week = (await remembered<Week | null>(this.store, "week")) ?? null;
    await this.tell();
  }

  onChange(told: (standing: Standing) => void): void {
    this.#told.push(told);
  }

  now(): Reading {
    return read(this.#offset);
  }

  /** Keeps an entry on the phone, and then tries to send it. */
  async keep(kept: Omit<Kept, "owner" | "made" | "state" | "said" | "field">): Promise<void> {
    const whole: Kept = { ...kept, owner: this.owner, made: this.now(), state: "waiting", said: "", field: "" };
    await add(this.store, whole);
    await this.tell();
    void this.sync();
  }

  /** Asks for the week and sends what waits; another open page may do so too, since the server counts once. */
  async sync(): Promise<void> {
    this.#busy ??= this.#sync().finally(() => (this.#busy = null));
    await this.#busy;
  }

  async tell(): Promise<void> {
    const all = await entries(this.store, this.owner);
    const standing: Standing = {
      week: this.#week,
      entries: all,
      waiting: all.filter((kept) => kept.state === "waiting").length,
      others: await ofOthers(this.store, this.owner),
      trouble: this.#trouble,
      lastSync: (await remembered<number>(this.store, "last_sync")) ?? null,
      ready: this.#week !== null && (await isReady(this.store, this.#week)),
    };
    for (const told of this.#told) told(standing);
  }

  async #sync(): Promise<void> {
    const { week, trouble, sending } = await this.#server.week();
    this.#trouble = trouble;
    if (sending) await this.#sendOnHold(sending);
    else if (week !== null && trouble === null && week.owner !== this.owner) this.#trouble = "login"; // somebody else's
    else if (week !== null && trouble === null) {
      this.#week = week;
      this.#offset = week.now_ms - Date.now();
      await remember(this.store, "offset", this.#offset);
      await remember(this.store, "week", week);
      const sent = await sendAll(this.store, this.#server, this.owner, week.token, () => this.now());
      this.#trouble = sent.trouble;
      if (sent.trouble === null) await remember(this.store, "last_sync", Date.now());
      if (sent.confirmed) await this.#seeWhatIsThere();
      await forget(this.store, week.week);
      await this.tell();
      await keepPages(this.store, week).catch(() => undefined); // the connection went: next time
    }
    await this.tell();
  }

  /** The plan is on hold: it leaves the phone, and what was seen is sent all the same. */
  async #sendOnHold(sending: ToSend): Promise<void> {
    if (sending.owner !== this.owner) {
      this.#trouble = "login"; // somebody else's
      return;
    }
    this.#week = null;
    this.#offset = sending.now_ms - Date.now();
    await dropPages(this.store);
    await remember(this.store, "week", null);
    await remember(this.store, "offset", this.#offset);
    const sent = await sendAll(this.store, this.#server, this.owner, sending.token, () => this.now());
    this.#trouble = sent.trouble ?? "paused";
    if (sent.trouble === null) await remember(this.store, "last_sync", Date.now());
  }

  /** Asks once more, so that what was just confirmed is seen as the server has it. */
  async #seeWhatIsThere(): Promise<void> {
    const { week, trouble } = await this.#server.week();
    if (week === null || trouble !== null || week.owner !== this.owner) return;
    this.#week = week;
    await remember(this.store, "week", week);
  }
}
