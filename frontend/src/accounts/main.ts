// SPDX-License-Identifier: EUPL-1.2
// Logging in with a passkey, and adding one. Without script, or in a browser without passkeys, the rest still works.
import "./accounts.css";
import { canUsePasskeys, use } from "./passkeys";

if (canUsePasskeys()) {
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey-form]")) form.hidden = false;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-passkey]")) {
    button.addEventListener("click", () => void use(button));
  }
}
