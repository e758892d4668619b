// SPDX-License-Identifier: EUPL-1.2
// Sends what waits until the server has confirmed it. An entry keeps its number, so sending twice counts once.
import { ageOf, type Reading } from "./clock";
import type { Outcome, Sending, Server, Trouble } from "./server";
import { type Kept, type Settled, type Store, settle, waiting } from "./store";

export const AT_ONCE = 50;
const UNREADABLE = "De server kan deze melding niet lezen. Meld het opnieuw vanaf de lijst.";

export interface Sent {
  trouble: Trouble | null;
  confirmed: number;
  refused: number;
}

/**
 * Sends all that waits, oldest first, until nothing does or something is in the way.
 *
 * Nothing leaves the queue unless the server named its number: an answer that is lost leaves all of it waiting.
 */
export async function sendAll(store: Store, server: Server, owner: string, token: string, now: () => Reading): Promise<Sent> {
  const told: Sent = { trouble: null, confirmed: 0, refused: 0 };
  let atOnce = AT_ONCE;
  for (;;) {
    const batch = (await waiting(store, owner)).slice(0, atOnce);
    if (!batch.length) return told;
    const answer = await server.send(batch.map((kept) => sending(kept, now())), token);
    if (answer === "unreadable" && batch.length > 1) {
      atOnce = 1; // one of them is in the way of the others: find out which
      continue;
    }
    if (answer === "unreadable") {
      await settle(store, [{ id: batch[0].id, state: "refused", said: UNREADABLE, field: "" }]);
      told.refused++;
      continue;
    }
    if (typeof answer === "string") return { ...told, trouble: answer };
    const settled = await settleAll(store, batch, answer, told);
    if (!settled) return { ...told, trouble: "later" };
  }
}

function sending(kept: Kept, now: Reading): Sending {
  return { ...kept.body, id: kept.id, age_s: ageOf(kept.made, now) };
}

async function settleAll(store: Store, batch: Kept[], outcomes: Outcome[], told: Sent): Promise<number> {
  const sent = new Set(batch.map((kept) => kept.id));
  const answered = outcomes
    .filter(({ id }) => sent.delete(id))
    .map(({ id, result, said, field }): Settled => ({ id, state: result === "refused" ? "refused" : "sent", said, field }));
  await settle(store, answered);
  const refused = answered.filter(({ state }) => state === "refused").length;
  told.refused += refused;
  told.confirmed += answered.length - refused;
  return answered.length;
}
