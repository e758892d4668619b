// SPDX-License-Identifier: EUPL-1.2
// Who logs out, at the desk or on the phone, leaves no page and no plan of Straat behind on the device. What waits to be
// sent, or was not taken in, stays.

export const PAGES = "straat-pages"; // worker.ts knows it by the same name
export const STORE = "stip-straat";

/** Throws pages and plan away before a log-out goes off, and wherever somebody is asked to log in. */
export function dropOnLeaving(page: Document = document, drop: () => Promise<unknown> = dropAll): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-leave]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const go = () => form.submit();
      void drop().then(go, go); // also when it failed: who leaves must get out
    });
  }
  if (page.querySelector("form[data-enter]")) void drop();
}

async function dropAll(): Promise<void> {
  await Promise.all([dropPlan().catch(() => undefined), dropPages()]);
}

async function dropPages(): Promise<void> {
  if ("caches" in window) await caches.delete(PAGES).catch(() => false);
}

/** Takes the plan out of the store, and what was confirmed of it; by the plain interface, since every page loads this. */
export function dropPlan(factory: IDBFactory = indexedDB): Promise<void> {
  return new Promise((done, failed) => {
    const asked = factory.open(STORE);
    asked.onupgradeneeded = () => asked.transaction?.abort(); // Straat was never opened here: make no store
    asked.onblocked = () => done();
    asked.onerror = () => done();
    asked.onsuccess = () => {
      const store = asked.result;
      const change = store.transaction(["memory", "entries"], "readwrite");
      for (const key of ["week", "seen", "kept"]) change.objectStore("memory").delete(key);
      const sent = change.objectStore("entries").index("state").openCursor("sent");
      sent.onsuccess = () => {
        sent.result?.delete();
        sent.result?.continue();
      };
      change.oncomplete = () => (store.close(), done());
      change.onerror = change.onabort = () => (store.close(), failed(change.error));
    };
  });
}
