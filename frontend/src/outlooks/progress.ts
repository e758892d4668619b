// SPDX-License-Identifier: EUPL-1.2
// Looks again, every two seconds, how far an outlook in the making is; only what changed is put on the page.
const EVERY_MS = 2000;

/** Follow the progress until it is no longer busy. */
export function followProgress(box: HTMLElement): void {
  if (box.dataset.busy !== "ja") return;
  setTimeout(async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    const found = answer?.ok
      ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLElement>("#voortgang")
      : null;
    if (found && found.innerHTML !== box.innerHTML) {
      box.dataset.busy = found.dataset.busy;
      box.replaceChildren(...found.childNodes);
    }
    followProgress(box);
  }, EVERY_MS);
}
