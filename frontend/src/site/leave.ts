// SPDX-License-Identifier: EUPL-1.2
// Who logs out, at the desk or on the phone, leaves no page of Straat behind on the device. What waits to be sent stays.

export const PAGES = "straat-pages"; // worker.ts knows it by the same name

/** Throws the pages away before a log-out goes off, and wherever somebody is asked to log in. */
export function dropOnLeaving(page: Document = document, drop: () => Promise<unknown> = dropPages): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-leave]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const go = () => form.submit();
      void drop().then(go, go); // also when it failed: who leaves must get out
    });
  }
  if (page.querySelector("form[data-enter]")) void drop();
}

async function dropPages(): Promise<void> {
  if ("caches" in window) await caches.delete(PAGES).catch(() => false);
}
