// SPDX-License-Identifier: EUPL-1.2
/** Plays the period week by week. Who wants no movement gets one step a press. */

import { moveBy, type Window } from "./weeks";

const STEP_MS = 400;
/** A window of everything cannot move: it becomes the first weeks. */
const START_WEEKS = 4;

/** Return the window of the next step, or null at the end. */
export function nextStep(window: Window, count: number): Window | null {
  const whole = window.first === 0 && window.last === count - 1;
  if (whole && count > START_WEEKS) return { first: 0, last: START_WEEKS - 1 };
  return window.last >= count - 1 ? null : moveBy(window, "whole", 1, count);
}

export class Player {
  readonly #button: HTMLButtonElement;
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)");
  #timer = 0;
  /** Makes a step; returns false at the end. `playing` tells whether another follows. */
  onStep: (playing: boolean) => boolean = () => false;
  onStop: () => void = () => {};

  constructor(button: HTMLButtonElement) {
    this.#button = button;
    button.addEventListener("click", () => this.#press());
    this.#still.addEventListener("change", () => this.stop());
    this.#tell();
  }

  get playing(): boolean {
    return this.#timer !== 0;
  }

  #press(): void {
    if (this.playing) return this.stop();
    if (this.#still.matches) {
      this.onStep(false);
      return;
    }
    this.#timer = window.setInterval(() => this.onStep(true) || this.stop(), STEP_MS);
    this.#tell();
    if (!this.onStep(true)) this.stop();
  }

  stop(): void {
    const played = this.playing;
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#tell();
    if (played) this.onStop();
  }

  #tell(): void {
    this.#button.textContent = this.playing ? "Stoppen" : this.#still.matches ? "Week verder" : "Afspelen";
  }
}
