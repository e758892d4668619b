// SPDX-License-Identifier: EUPL-1.2
// When to try again: at once when the line is back, soon as long as it is not, and now and then when all is well.
import type { Desk } from "./desk";

const EVERY_MS = 60_000;
const SOON_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

/** Keeps sending for as long as the page is open; gives what tries now. */
export function keepTrying(desk: Pick<Desk, "sync" | "onChange">, page: Window = window): () => Promise<void> {
  let offline = false;
  let tried = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  desk.onChange(({ trouble }) => {
    offline = trouble === "offline";
    if (!offline) tried = 0;
  });
  const now = async () => {
    clearTimeout(timer);
    await desk.sync();
    clearTimeout(timer); // somebody else may have asked meanwhile
    timer = setTimeout(() => void now(), offline ? (SOON_MS[tried++] ?? EVERY_MS) : EVERY_MS);
  };
  const back = () => {
    tried = 0;
    void now();
  };
  page.addEventListener("online", back);
  page.document.addEventListener("visibilitychange", () => {
    if (page.document.visibilityState === "visible") back();
  });
  return now;
}
