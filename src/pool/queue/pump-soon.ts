/**
 * When to look at the queue and the lanes after submits that found no free thread: once for all of a turn, and in the midst of a flood
 * again and again, for the threads need not wait for its last call.
 */

import { queueMicrotask } from '../../transport/own/own-globals.js';

/** Submits after which the threads are fed: enough for a message, few enough that they do not run dry meanwhile. */
const FLOOD = 64;

export class PumpSoon {
  readonly #pump: () => void;
  #submits = 0;

  constructor(pump: () => void) {
    this.#pump = pump;
  }

  submitted(): void {
    if (this.#submits === 0) queueMicrotask(this.#endOfTurn);
    if (++this.#submits % FLOOD === 0) this.#pump();
  }

  readonly #endOfTurn = (): void => {
    this.#submits = 0;
    this.#pump();
  };
}
