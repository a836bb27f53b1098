/**
 * When to stay awake for something that is expected at once, and when to give it up: on a machine whose cores are all busy, whoever
 * waits awake takes the time from the one that it waits for. Each disappointment doubles the number of waits that are slept through.
 */

const FEWEST = 1;
const MOST = 256;

export class Patience {
  #penalty = 0;
  #left = 0;

  /** False: sleep through this one. */
  try(): boolean {
    if (this.#left === 0) return true;
    this.#left--;
    return false;
  }

  rewarded(): void {
    this.#penalty = 0;
  }

  disappointed(): void {
    this.#penalty = Math.min(MOST, Math.max(FEWEST, this.#penalty * 2));
    this.#left = this.#penalty;
  }
}
