// SPDX-License-Identifier: EUPL-1.2
/** What benchmarks/dots_page.py asks the page to do. */

import type { Mode } from "../../frontend/src/dots/filter";
import { Ours } from "./ours";
import { Peer } from "./peer";
import { stepOf, type Kind } from "./steps";

let ours: Ours;
let peer: Peer | null = null;

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const harness = {
  /** Read a message and draw it: milliseconds of fetching, and from message to all dots drawn. */
  async load(url: string) {
    let message = new ArrayBuffer(0);
    const fetched = await timed(async () => (message = await (await fetch(url)).arrayBuffer()));
    const drawn = await timed(() => (ours = new Ours(message)));
    return { n: ours.dots.n, bytes: message.byteLength, fetched, drawn };
  },
  /** Milliseconds of each step. */
  async ours(kind: Kind, times: number, mode: Mode) {
    const all: number[] = [];
    for (let i = 0; i < times; i++) {
      const filter = stepOf(kind, i, ours.dots);
      all.push(await timed(() => ours.step(filter, mode)));
    }
    return all;
  },
  async beginPeer() {
    return timed(async () => (peer = await Peer.begin(ours.dots, ours.view)));
  },
  async peer(kind: Kind, times: number) {
    const all: number[] = [];
    for (let i = 0; i < times; i++) all.push(await timed(() => peer?.step(stepOf(kind, i, ours.dots))));
    return all;
  },
  endPeer() {
    peer?.end();
    peer = null;
  },
};

export type Harness = typeof harness;
Object.assign(window, { harness });
