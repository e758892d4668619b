// SPDX-License-Identifier: EUPL-1.2
// The two things asked of the server: what this week is, and to take entries in.
import type { Body } from "./store";

export interface Place {
  id: string;
  number: number;
  areas: string[];
  kind: string;
  hours: string;
  visits: number;
  when: string[];
  streets: string;
  what: string;
  each: string; // hours of one visit
  moment: string;
  chosen_by: string;
  reasons: string[];
  x: number;
  y: number;
}

export interface Week {
  owner: string;
  build: string;
  token: string;
  now_ms: number;
  week: string;
  team: string;
  plan_id: string;
  version: number;
  held: boolean; // the outlook is on hold: nothing that it says is in the week
  places: Place[];
  told: Record<string, { id: string; words: string }[]>;
  pages: string[];
}

export interface Outcome {
  id: string;
  result: "stored" | "again" | "refused";
  said: string;
  field: string;
}

export type Trouble = "offline" | "login" | "forbidden" | "later" | "unreadable" | "paused";
export type Sending = Body & { id: string; age_s: number | null };

/** Marks what the service worker had kept: then the server was not reached. */
export const FROM_CACHE = "X-Straat-Bewaard";

/** What sending asks for; it is told while the plan is on hold too. */
export type ToSend = Pick<Week, "owner" | "token" | "now_ms">;

export interface Answer {
  week: Week | null;
  trouble: Trouble | null;
  sending?: ToSend; // when the plan is on hold: what was seen can still be sent
}

export interface Server {
  week(): Promise<Answer>;
  send(entries: Sending[], token: string): Promise<Outcome[] | Trouble>;
}

export class Site implements Server {
  readonly #data: string;
  readonly #receive: string;
  readonly #ask: typeof fetch;

  constructor(data: string, receive: string, ask: typeof fetch = (...what) => fetch(...what)) {
    [this.#data, this.#receive, this.#ask] = [data, receive, ask];
  }

  async week(): Promise<Answer> {
    const answer = await this.#tried(this.#data, {}, 403);
    if (typeof answer === "string") return { week: null, trouble: answer };
    if (!answer.ok) {
      const sending = await readAs<ToSend>(answer);
      return sending?.token ? { week: null, trouble: "paused", sending } : { week: null, trouble: "forbidden" };
    }
    const week = await readAs<Week>(answer);
    if (week === null) return { week: null, trouble: "later" };
    return { week, trouble: answer.headers.has(FROM_CACHE) ? "offline" : null };
  }

  async send(entries: Sending[], token: string): Promise<Outcome[] | Trouble> {
    const answer = await this.#tried(this.#receive, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ entries }),
    });
    if (typeof answer === "string") return answer;
    return (await readAs<{ outcomes: Outcome[] }>(answer))?.outcomes ?? "later";
  }

  async #tried(url: string, how: RequestInit, toRead = 200): Promise<Response | Trouble> {
    try {
      const answer = await this.#ask(url, { ...how, redirect: "manual", signal: AbortSignal.timeout(30_000) });
      return answer.ok || answer.status === toRead ? answer : troubleOf(answer);
    } catch {
      return "offline";
    }
  }
}

const UNREADABLE = [400, 413, 415, 422]; // sent again it would be no better

function troubleOf(answer: Response): Trouble {
  if (answer.status === 401 || answer.type === "opaqueredirect") return "login";
  if (answer.status === 403) return "forbidden";
  return UNREADABLE.includes(answer.status) ? "unreadable" : "later";
}

/** Reads the answer; one that was cut off half-way is as none. */
async function readAs<T>(answer: Response): Promise<T | null> {
  try {
    return (await answer.json()) as T;
  } catch {
    return null;
  }
}
