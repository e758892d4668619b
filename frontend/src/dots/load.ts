// SPDX-License-Identifier: EUPL-1.2
/** Fetches the message of dots. */

import { decode, type Message } from "./message";

/** The server did not give the message: its status, or null when there is no server. */
export class NotLoaded extends Error {
  readonly status: number | null;

  constructor(status: number | null) {
    super(`dots not loaded: ${status ?? "no connection"}`);
    this.status = status;
  }
}

/** Fetch and read the message; throws NotLoaded or UnreadableMessage. */
export async function load(url: string): Promise<Message> {
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    response = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/vnd.stip.dots" } });
    bytes = await response.arrayBuffer();
  } catch {
    throw new NotLoaded(null);
  }
  if (!response.ok) throw new NotLoaded(response.status);
  if (response.redirected && !response.headers.get("Content-Type")?.startsWith("application/vnd.stip.dots"))
    throw new NotLoaded(401); // sent on to the page to log in
  return decode(bytes);
}
