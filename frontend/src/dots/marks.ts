// SPDX-License-Identifier: EUPL-1.2
/** One byte a pixel of the surface: which sprite goes there. So the work of stamping has a bound in pixels. */

import { REACH, type Surface } from "./surface";

export class Marks {
  bytes = new Uint8Array(0);
  /** Pixels that are marked, row by row; filled by `collect`. */
  list = new Int32Array(0);
  /** Pixels of the surface in which a mark may stand: a sprite there reaches no further than the surface. */
  readonly bounds = { left: REACH, right: 0, top: REACH, bottom: 0 };

  /** Take away all marks, for this surface. */
  clear({ stride, rows }: Surface): void {
    if (this.bytes.length !== stride * rows) {
      this.bytes = new Uint8Array(stride * rows); // a stride is a multiple of 8, so this can be read in words
      this.list = new Int32Array(stride * rows + 1);
    } else this.bytes.fill(0);
    this.bounds.right = stride - REACH;
    this.bounds.bottom = rows - REACH;
  }

  /** List the pixels that are marked, in the order of memory, so that stamping walks through it. Returns how many. */
  collect(): number {
    const { bytes, list } = this;
    const words = new Uint32Array(bytes.buffer);
    let found = 0;
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0) continue;
      for (let at = word * 4; at < word * 4 + 4; at++) {
        list[found] = at;
        found += bytes[at] !== 0 ? 1 : 0; // no branch: whether a pixel is marked cannot be foretold
      }
    }
    return found;
  }
}
