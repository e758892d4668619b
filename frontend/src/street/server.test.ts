// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from "vitest";
import { FROM_CACHE, Site } from "./server";

const site = (answer: () => Promise<Response>) => new Site("/data", "/send", answer as typeof fetch);
const told = (body: unknown, init: ResponseInit = {}) => async () => new Response(JSON.stringify(body), init);

describe("what the server says", () => {
  it.each([
    [401, "login"],
    [403, "forbidden"],
    [400, "unreadable"],
    [413, "unreadable"],
    [422, "unreadable"],
    [429, "later"],
    [500, "later"],
    [502, "later"],
  ])("is understood: %i is %s", async (status, trouble) => {
    expect(await site(told({}, { status })).send([], "")).toBe(trouble);
  });

  it("asks for a log-in when it leads elsewhere", async () => {
    const away = { ok: false, status: 0, type: "opaqueredirect" } as Response;
    expect(await site(async () => away).send([], "")).toBe("login");
  });

  it("is nothing when the line breaks, also half-way", async () => {
    expect(await site(() => Promise.reject(new TypeError("network"))).send([], "")).toBe("offline");
    expect(await site(async () => new Response('{"outcomes": [{"id"')).send([], "")).toBe("later");
  });

  it("says that the plan is on hold, with what sending asks for; else that one may not", async () => {
    const sending = { owner: "ik", token: "t", now_ms: 1 };
    expect(await site(told(sending, { status: 403 })).week()).toEqual({ week: null, trouble: "paused", sending });
    expect(await site(told({ detail: "nee" }, { status: 403 })).week()).toEqual({ week: null, trouble: "forbidden" });
  });

  it("is of before when the service worker had kept it", async () => {
    const answer = await site(told({ week: "2026-W37" }, { headers: { [FROM_CACHE]: "1" } })).week();
    expect(answer.trouble).toBe("offline");
    expect(answer.week?.week).toBe("2026-W37");
  });
});
