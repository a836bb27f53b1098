/**
 * Starts that fail: again after a pause, and after a few in a row not at all.
 */

/** Pauses before the next start, by how many failed in a row, ms. After the last, whatever waits is told. */
const PAUSES = [10, 100];

export class ThreadStarts {
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
    this.#failures = 0;
  }

  /** True: the last of too many; the next start is up to the next submit. */
  failed(): boolean {
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
