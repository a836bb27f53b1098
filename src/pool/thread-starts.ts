/**
 * Starts that fail: again after a pause, and after a few in a row not at all.
 */

import { setTimeout } from '../transport/own-globals.js';
import { startFailure } from './thread-death.js';

/** Pauses before the next start, by how many failed in a row, ms. After the last, whatever waits is told. */
const PAUSES = [10, 100];

export class ThreadStarts {
  /** Failed in a row. */
  inARow = 0;
  #cause: unknown;
  #failures = 0;
  #paused = false;
  readonly #resume: () => void;

  constructor(resume: () => void) {
    this.#resume = resume;
  }

  get paused(): boolean {
    return this.#paused;
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
