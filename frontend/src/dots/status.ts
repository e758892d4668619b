// SPDX-License-Identifier: EUPL-1.2
/** The line that says how the map is doing; a screen reader hears it when it has come to rest. */

import type { Header } from "./message";
import { errorText, LOADING, privacyTexts, stateText } from "./texts";

const REST_MS = 400;

export class Status {
  readonly #host: HTMLElement;
  readonly #line = document.createElement("p");
  #timer = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#line.className = "stand-regel";
    host.replaceChildren(this.#line);
  }

  loading(): void {
    this.#say(LOADING, "laden");
  }

  /** Say how many are selected, once no other count has come for a while. */
  counted(selected: number, header: Header): void {
    clearTimeout(this.#timer);
    const state = header.n === 0 ? "leeg" : selected === 0 ? "niets" : "goed";
    this.#timer = window.setTimeout(() => this.#say(stateText(selected, header), state), REST_MS);
  }

  /** Say once what privacy leaves out. */
  loaded(header: Header): void {
    for (const text of privacyTexts(header)) {
      const paragraph = document.createElement("p");
      paragraph.className = "stand-privacy";
      paragraph.textContent = text;
      this.#host.append(paragraph);
    }
  }

  failed(why: number | null | Error, retry: () => void): void {
    this.#say(why instanceof Error ? why.message : errorText(why), "fout");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "utrecht-button utrecht-button--secondary-action";
    button.textContent = "Opnieuw proberen";
    button.addEventListener("click", () => {
      button.remove();
      retry();
    });
    this.#host.append(button);
  }

  #say(text: string, state: string): void {
    this.#host.dataset.staat = state;
    if (this.#line.textContent !== text) this.#line.textContent = text;
  }
}
