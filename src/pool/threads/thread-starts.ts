/**
 * How many threads start at a time; and starts that fail: again after a pause, and after a few in a row not at all.
 */

import { setImmediate, setTimeout } from '../../transport/own/own-globals.js';
import { startFailure } from './thread-death.js';

/** Pauses before the next start, by how many failed in a row, ms. After the last, whatever waits is told. */
const PAUSES = [10, 100];

/**
 * Threads that start in one turn of the event loop. Each takes 3 to 30 ms of it (measured, the more the more there are): a thousand at once
 * would hold it up for half a minute, and the first of them may have done all that waits before the next are needed.
 */
const MOST_A_TURN = 8;

export class ThreadStarts {
  /** Failed in a row. */
  inARow = 0;
  #cause: unknown;
  #failures = 0;
  #paused = false;
  /** Started in this turn. */
  #now = 0;
  readonly #resume: () => void;

  constructor(resume: () => void) {
    this.#resume = resume;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** True: one more may start in this turn. False: `resume` comes in the next. */
  mayStart(): boolean {
    if (this.#now === 0)
      setImmediate(() => {
        const more = this.#now > MOST_A_TURN;
        this.#now = 0;
        if (more) this.#resume();
      });
    return ++this.#now <= MOST_A_TURN;
  }

  succeeded(): void {
    this.inARow = 0;
    this.#cause = undefined;
    this.#failures = 0;
  }

  /** Throws what they failed with, where none of these has come up. */
  check(threads: readonly (number | undefined)[]): void {
    if (this.inARow > 0 && threads.every((thread) => thread === undefined)) throw startFailure(this.#cause);
  }

  /** True: the last of too many; the next start is up to the next submit. */
  failed(cause?: unknown): boolean {
    this.#cause = cause;
    this.inARow++;
    const pause = PAUSES[this.#failures++];
    if (pause === undefined) {
      this.#failures = 0;
      return true;
    }
    if (!this.#paused) {
      this.#paused = true;
      setTimeout(() => {
        this.#paused = false;
        this.#resume();
      }, pause);
    }
    return false;
  }
}
