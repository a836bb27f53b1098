/**
 * When a thread may sleep on the doorbell between its calls, instead of in its event loop. From there it is at its next call some 60 µs sooner,
 * of some 500 that a call takes where calls are rare; but its event loop stands still meanwhile. So it sleeps there only
 * if nothing keeps that loop alive, not for long at a time, and for a moment after a call.
 */
import { epochNow } from '../src/transport/claims.js';
import { setImmediate } from '../src/transport/own-globals.js';

/** How long it sleeps between two turns of its event loop, ms: so much later a timer may fire that keeps nobody alive (`unref()`). */
export const NAP = 20;

/** How long after its last call a thread naps, ms. A nap takes 40 µs of the processor, so this is what a call may cost once more. */
const AFTER_A_CALL = 200;

/** What Node says of a thread with nothing to do: its own port, the pool's and the lane's. */
const OWN = 3;

const { getActiveResourcesInfo } = process;

/** Whether nothing but `immediates` immediates is left to do here. Cost: 1 µs. */
export function hasNothingElse(immediates = 0): boolean {
  return getActiveResourcesInfo().length <= OWN + immediates;
}

export class Naps {
  readonly #nap: () => boolean;
  #soon = false;
  #until = 0;

  /** `nap` says whether another may follow. */
  constructor(nap: () => boolean) {
    this.#nap = nap;
  }

  /** A call has ended, and nothing follows. */
  begin(): void {
    this.#until = epochNow() + AFTER_A_CALL;
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
