// SPDX-License-Identifier: EUPL-1.2
// Looks again, every two seconds, how far an outlook in the making is; only what changed is put on the page.
const EVERY_MS = 2000;

/** Gives the box of a page, or nothing when the page has none: then somebody logged out, or may no longer see it. */
type Read = (page: string) => HTMLElement | null;

const readBox: Read = (page) => new DOMParser().parseFromString(page, "text/html").querySelector<HTMLElement>("#voortgang");

/** Follows the progress until it is no longer busy; a page that no longer shows it is loaded again and says why. */
export async function followProgress(
  box: HTMLElement,
  ask: typeof fetch = fetch,
  wait = EVERY_MS,
  read: Read = readBox,
): Promise<void> {
  while (box.dataset.busy === "ja") {
    await new Promise((resolve) => setTimeout(resolve, wait));
    let page: string;
    let there: boolean;
    try {
      const answer = await ask(window.location.href, { headers: { Accept: "text/html" } });
      there = answer.ok;
      page = await answer.text();
    } catch {
      continue; // The network is away for a moment; the next time may do.
    }
    const found = there ? read(page) : null;
    if (!found) {
      window.location.reload();
      return;
    }
    if (found.innerHTML !== box.innerHTML) {
      box.dataset.busy = found.dataset.busy;
      box.replaceChildren(...found.childNodes);
    }
  }
}
