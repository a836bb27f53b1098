/**
 * Waits for the next call on the doorbell, where the last one ended: the way through the event loop takes longer than most calls.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { ToThread } from '../src/transport/protocol.js';
import { type Claims, epochNow } from '../src/transport/shared-memory/claims.js';
import { Patience } from '../src/transport/shared-memory/patience.js';
import type { Incoming } from './incoming.js';
import { NAP } from './naps.js';

/**
 * How long it sleeps before the thread goes back to its event loop, ms. Not shorter: a timer nearer than the kernel's next tick (4 ms) has to be
 * programmed, which takes longer than the event loop does.
 */
const LONGEST = 5;

interface Ends {
  readonly claims: Claims;
  readonly port: MessagePort;
  readonly incoming: Incoming;
  receive(message: ToThread): void;
}

export class NextCall {
  readonly #ends: Ends;
  readonly #patience = new Patience();
  /** As of when the port was last taken empty: a bell that rang since then is answered, even if its message has come through the event loop. */
  #rings = 0;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** True: something came, and was taken in. `idleAt`: when the last call ended, epoch ms. In a row, the thread stays awake for the next. */
  came(idleAt: number, inARow: boolean): boolean {
    const awake = inARow && this.#patience.try();
    const seen = awake && this.#ends.claims.bells.spinForRing(this.#rings, this.#patience.length);
    if (awake && !seen) this.#patience.missed();
    if (!seen && !this.#ends.claims.bells.sleepForRing(this.#rings, LONGEST)) return false;
    if (inARow) this.#patience.came(epochNow() - idleAt);
    this.#takeIn();
    return true;
  }

  /** The calling side has to say what it sends from now on. True: there is more, which it may have sent before. */
  stopListening(): boolean {
    const { claims, incoming } = this.#ends;
    claims.bells.listening = false;
    return incoming.more;
  }

  /** Sleeps for a moment in which nothing else is to be done. True: there is a call to be served. */
  nap(): boolean {
    const { claims } = this.#ends;
    claims.bells.listening = true;
    if (claims.bells.sleepForRing(this.#rings, NAP)) this.#takeIn();
    return this.stopListening();
  }

  /** What the bell rang for: a call in shared memory, or messages. */
  #takeIn(): void {
    const { claims, incoming, port, receive } = this.#ends;
    const { rings } = claims.bells;
    const once = ((rings - this.#rings) | 0) === 1;
    this.#rings = rings;
    // It rang for that call alone. What it rang for besides would lie in the port until this thread is back in its event loop.
    if (once && incoming.more) return;
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) receive(next.message as ToThread);
  }
}
