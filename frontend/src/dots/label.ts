// SPDX-License-Identifier: EUPL-1.2
/** A number to write on what was painted. */

export interface Label {
  /** Middle in pixels of the picture. */
  x: number;
  y: number;
  text: string;
  /** White letters, on something dark. */
  light: boolean;
}

/** From this radius on, in pixels of the style sheet, a circle says its number. */
export const LABEL_FROM = 9;
