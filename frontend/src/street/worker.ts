// SPDX-License-Identifier: EUPL-1.2
// The service worker: opens the pages of Straat without a connection. It imports nothing, so it is one plain script;
// the server writes what it keeps in front of it (self.STIP). Entries are not its work: those wait in the queue.

interface Worker {
  STIP: { build: string; shell: string[] };
  location: Location;
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate" | "fetch", take: (event: Event_) => void): void;
}
interface Event_ {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Worker;
const SHELL = `straat-shell-${worker.STIP.build}`;
const KEPT_PAGES = "straat-pages"; // pages.ts knows it by the same name
const BRIEF_MS = 5000;
const NOTHING =
  "Geen verbinding, en deze pagina staat niet op uw telefoon. Open Straat eerst een keer met een verbinding, en wacht tot er staat: Klaar voor gebruik zonder verbinding.";

worker.addEventListener("install", (event) => {
  const keep = async () => {
    await (await caches.open(SHELL)).addAll(worker.STIP.shell);
    await worker.skipWaiting();
  };
  event.waitUntil(keep());
});

worker.addEventListener("activate", (event) => {
  const clear = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("straat-shell-") && name !== SHELL);
    // The one before it stays: the pages that were kept still ask for its files until they are kept again.
    await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(clear());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const scope = new URL(worker.registration.scope).pathname;
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && isOf(url.pathname, scope)) event.respondWith(page(request, url, scope));
  else if (url.pathname === `${scope}/gegevens.json`) event.respondWith(data(request, url));
});

function isOf(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** From the server when it answers soon enough, else as it was kept. What the server refuses is shown as it refuses it. */
async function page(request: Request, url: URL, scope: string): Promise<Response> {
  const pages = await caches.open(KEPT_PAGES);
  const kept = (await pages.match(url.pathname)) ?? (await blank(pages, url.pathname, scope));
  try {
    const answer = await soon(fetch(request), kept ? BRIEF_MS : 60_000);
    if (answer.status >= 500 && kept) return kept;
    if (answer.ok && kept && !url.searchParams.has("week")) await pages.put(url.pathname, answer.clone());
    return answer;
  } catch {
    return kept ?? nothing(scope); // never another page under this address
  }
}

/** The page of a place that is not kept yet: one without a place, which its script fills from the data of the week. */
async function blank(pages: Cache, path: string, scope: string): Promise<Response | undefined> {
  return path.startsWith(`${scope}/plek/`) ? pages.match(`${scope}/plek`) : undefined;
}

function nothing(scope: string): Response {
  const page = `<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Geen verbinding</title><h1>Geen verbinding</h1><p>${NOTHING}</p><p><a href="${scope}">Naar de lijst</a></p></html>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** The same for the data, marked when it is of before. */
async function data(request: Request, url: URL): Promise<Response> {
  const pages = await caches.open(KEPT_PAGES);
  try {
    const answer = await soon(fetch(request), 15_000);
    if (answer.status >= 500) throw new Error("the server is down");
    if (answer.ok) await pages.put(url.pathname, answer.clone());
    return answer;
  } catch {
    const kept = await pages.match(url.pathname);
    if (!kept) return Response.error();
    const headers = new Headers(kept.headers);
    headers.set("X-Straat-Bewaard", "1"); // server.ts knows it by the same name
    return new Response(await kept.blob(), { status: 200, headers });
  }
}

function soon(answer: Promise<Response>, ms: number): Promise<Response> {
  return Promise.race([
    answer,
    new Promise<Response>((_, refuse) => setTimeout(() => refuse(new Error("too slow")), ms)),
  ]);
}
