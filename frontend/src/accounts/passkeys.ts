// SPDX-License-Identifier: EUPL-1.2
// Passkeys: the browser makes or uses one, and the page's own form sends the answer. The options come from the server
// in an attribute, since the site's policy knows no inline script.

type Options = { publicKey: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON };

const SAID: Record<string, string> = {
  NotAllowedError: "Het is niet gelukt: er is geen passkey gekozen, of het duurde te lang. Probeer het opnieuw.",
  InvalidStateError: "Deze passkey is al toegevoegd.",
  SecurityError: "Passkeys werken alleen op het gewone adres van deze site.",
};
const OTHERWISE = "Het is niet gelukt. Probeer het opnieuw, of gebruik een code.";

export const canUsePasskeys = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

// A passkey to log in with, without a password, is kept on the key itself and asks who holds it.
export function creation(options: Options, passwordless: boolean): CredentialCreationOptions {
  const wanted = structuredClone(options.publicKey);
  wanted.authenticatorSelection = {
    ...wanted.authenticatorSelection,
    residentKey: passwordless ? "required" : "discouraged",
    requireResidentKey: passwordless,
    ...(passwordless ? { userVerification: "required" } : {}),
  };
  return { publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) };
}

async function answer(button: HTMLButtonElement, form: HTMLFormElement): Promise<Credential | null> {
  if (button.dataset.passkey === "add") {
    const passwordless = form.querySelector<HTMLInputElement>("[name=passwordless]")?.checked ?? false;
    return navigator.credentials.create(creation(JSON.parse(button.dataset.options ?? ""), passwordless));
  }
  const options: Options =
    button.dataset.passkey === "login" ? await asked(form.action) : JSON.parse(button.dataset.options ?? "");
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
}

async function asked(url: string): Promise<Options> {
  const response = await fetch(url, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).request_options;
}

export async function use(button: HTMLButtonElement): Promise<void> {
  const form = button.form;
  const field = form?.querySelector<HTMLInputElement>("[name=credential]");
  const error = document.querySelector<HTMLElement>("[data-passkey-error]");
  if (!form || !field) return;
  button.disabled = true;
  if (error) error.hidden = true;
  try {
    const credential = await answer(button, form);
    field.value = JSON.stringify((credential as PublicKeyCredential).toJSON());
    form.submit();
  } catch (problem) {
    button.disabled = false;
    if (!error) return;
    error.textContent = SAID[problem instanceof Error ? problem.name : ""] ?? OTHERWISE;
    error.hidden = false;
  }
}
