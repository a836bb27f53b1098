/**
 * When a thread may sleep on the doorbell between its calls, instead of in its event loop. From there it is at its next call some 60 to 80 µs
 * sooner, of some 450 that a call takes where calls are rare; but its event loop stands still meanwhile. So it sleeps there only while calls
 * follow each other, and if nothing keeps that loop alive. (At 20 calls a second it takes 0.8 % of a processor instead of 0.5.)
 */

import { setImmediate } from '../src/transport/own/own-globals.js';
import { epochNow } from '../src/transport/shared-memory/claims.js';
import type { Pace } from './pace.js';

/**
 * How long it sleeps between two turns of its event loop, ms: so much later a timer may fire that keeps nobody alive (`unref()`). Longer naps win
 * less: what it does in those turns keeps its code in the processor's caches.
 */
export const NAP = 10;

/** Calls no further apart than this follow each other, ms. */
const OFTEN = 100;

/** What Node says of a thread with nothing to do: its own port, the pool's and the lane's. */
const OWN = 3;

const { getActiveResourcesInfo } = process;

export class Naps {
  readonly #pace: Pace;
  readonly #nap: () => boolean;
  #soon = false;
  #until = 0;

  /** `nap` sleeps, and says whether another may follow. */
  constructor(pace: Pace, nap: () => boolean) {
    this.#pace = pace;
    this.#nap = nap;
  }

  /** Whether to wait for the next call right where the last one ended. Cost: 1 µs. */
  get atOnce(): boolean {
    return this.#pace.gap < OFTEN && hasNothingElse(0);
  }

  /** A call has ended, and nothing follows. */
  begin(): void {
    if (this.#pace.gap >= OFTEN) return;
    this.#until = epochNow() + OFTEN;
    this.#next();
  }

  #next(): void {
    if (this.#soon) return;
    this.#soon = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    this.#soon = false;
    // The immediate that runs counts as one.
    if (epochNow() < this.#until && hasNothingElse(1) && this.#nap()) this.#next();
  };
}

/** Nothing but so many immediates is left to do here. */
function hasNothingElse(immediates: number): boolean {
  return getActiveResourcesInfo().length <= OWN + immediates;
}
