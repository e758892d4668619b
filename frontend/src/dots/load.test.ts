// SPDX-License-Identifier: EUPL-1.2
import { afterEach, expect, it, vi } from "vitest";
import { load, NotLoaded } from "./load";
import { UnreadableMessage } from "./message";
import { encode } from "./sample";

const answer = (body: BodyInit | null, init: ResponseInit = {}, redirected = false) => {
  const response = new Response(body, init);
  Object.defineProperty(response, "redirected", { value: redirected });
  vi.stubGlobal("fetch", () => Promise.resolve(response));
};
const status = async () =>
  load("/x").then(
    () => null,
    (error: unknown) => (error instanceof NotLoaded ? error.status : error),
  );

afterEach(() => vi.unstubAllGlobals());

it("reads the message", async () => {
  answer(encode([]), { headers: { "Content-Type": "application/vnd.stip.dots" } }, true);
  expect((await load("/x")).header.n).toBe(0);
});

it("tells why there is none: refused, logged out, no connection, something else", async () => {
  answer("", { status: 403 });
  expect(await status()).toBe(403);
  answer("<html>", { headers: { "Content-Type": "text/html" } }, true);
  expect(await status()).toBe(401);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  expect(await status()).toBeNull();
  answer("<html>");
  expect(await status()).toBeInstanceOf(UnreadableMessage);
});
