/**
 * When to stay awake for something that is expected at once, and when to give it up: on a machine whose cores are all busy, whoever
 * waits awake takes the time from the one that it waits for.
 *
 * Each disappointment doubles the number of waits that are slept through; only a row of successes takes that back.
 */

const MOST_SKIPPED = 1_024;

/** Successes in a row that halve the penalty: fewer than one disappointment in so many is worth it. */
const ROW = 32;

export class Patience {
  #penalty = 0;
  #skip = 0;
  #row = 0;

  /** False: sleep through this one. */
  try(): boolean {
    if (this.#skip === 0) return true;
    this.#skip--;
    return false;
  }

  rewarded(): void {
    if (++this.#row % ROW === 0) this.#penalty >>>= 1;
  }

  disappointed(): void {
    this.#row = 0;
    this.#penalty = Math.min(MOST_SKIPPED, Math.max(1, this.#penalty * 2));
    this.#skip = this.#penalty;
  }
}
