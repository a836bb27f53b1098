/**
 * Waits for the next call right where the last one ended: the way through the event loop takes longer than most calls.
 */
import { type Claims, epochNow } from '../src/transport/claims.js';
import { Patience } from '../src/transport/patience.js';

/**
 * How long it sleeps before the thread goes back to its event loop, ms. Not shorter: a timer nearer than the kernel's next tick (4 ms) has to be
 * programmed, which takes longer than the event loop does.
 */
const LONGEST = 5;

export class NextCall {
  readonly #claims: Claims;
  readonly #patience = new Patience();
  /** As of when the port was last taken empty: a bell that rang since then is answered, even if its message has come through the event loop. */
  #rings = 0;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  /** True: something was posted, and is to be taken from the port now. `idleAt`: when the last call ended, epoch ms. */
  came(idleAt: number): boolean {
    const awake = this.#patience.try();
    const seen = awake && this.#claims.spinForRing(this.#rings, this.#patience.length);
    if (awake && !seen) this.#patience.missed();
    if (!seen && !this.#claims.sleepForRing(this.#rings, LONGEST)) return false;
    this.#patience.came(epochNow() - idleAt);
    this.#rings = this.#claims.rings;
    return true;
  }
}
