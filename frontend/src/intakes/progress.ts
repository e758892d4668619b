// SPDX-License-Identifier: EUPL-1.2
// Follows a step of the worker and shows how far it is; the page is loaded again when the step has ended.

export interface Told {
  busy: boolean;
  percent: number;
  text: string;
  state: string;
}

const EVERY_MS = 1500;

/** Puts what the server told in the box. */
export function show(box: HTMLElement, told: Told): void {
  const bar = box.querySelector("progress");
  const text = box.querySelector("[data-progress-text]");
  const percent = box.querySelector("[data-progress-percent]");
  if (bar) bar.value = told.percent;
  // Only when it changes: a screen reader reads the text out each time it is set.
  const said = told.text.charAt(0).toUpperCase() + told.text.slice(1);
  if (text && text.textContent !== said) text.textContent = said;
  if (percent) percent.textContent = String(told.percent);
}

/** Asks until the step has ended, and then loads the page again. */
export async function follow(box: HTMLElement, ask: typeof fetch = fetch, wait = EVERY_MS): Promise<void> {
  const url = box.dataset.progress;
  if (!url) return;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      const answer = await ask(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) break; // logged out, or no longer there: the page itself says which
      const told = (await answer.json()) as Told;
      if (!told.busy) break;
      show(box, told);
    } catch {
      // The network is away for a moment; the next time may do.
    }
  }
  window.location.reload();
}
