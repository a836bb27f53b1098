/**
 * Whether, and for how long, to stay awake for something that is expected at once. Both sides of a lane use it, in a row of short calls:
 * to be woken takes longer than such a call does.
 *
 * What comes at once earns what that saved, from which an interruption (a garbage collection) is waited through: never more is lost by
 * being awake than was won. On a machine whose cores are all busy, whoever waits awake takes the time from the
 * one that it waits for: each disappointment doubles the number of waits that are slept through, and what comes at once halves it.
 */
import { availableParallelism } from 'node:os';

/** What comes within this comes at once, ms. Longer than it takes to wake a thread (5 to 60 µs, by machine). */
export const AT_ONCE = 0.1;

/** What it saves to be awake, ms: the least that a wake-up takes, on either side. */
const SAVED = 0.02;

/** ms. Longer than most garbage collections. */
const MOST_CREDIT = 2;

const MOST_SKIPPED = 32;

export class Patience {
  readonly #cores: number;
  #credit = 0;
  #penalty = 0;
  #skip = 0;

  constructor(cores = availableParallelism()) {
    this.#cores = cores;
  }

  /** In a long row, all waits but few are slept through. */
  get exhausted(): boolean {
    return this.#penalty === MOST_SKIPPED;
  }

  /** How long to wait, ms. */
  get length(): number {
    return AT_ONCE + this.#credit;
  }

  /** False: sleep through this one. */
  try(): boolean {
    // Where there is one core, the other side cannot go on before this one sleeps.
    if (this.#cores < 2) return false;
    if (this.#skip === 0) return true;
    this.#skip--;
    return false;
  }

  /** It came after so many ms. Whoever slept through it may say so too. */
  came(after: number): void {
    if (after > AT_ONCE) {
      this.#credit = Math.max(0, this.#credit - after);
      return;
    }
    this.#credit = Math.min(MOST_CREDIT, this.#credit + SAVED);
    this.#penalty >>>= 1;
    this.#skip >>>= 1;
  }

  /** It did not come while this side was awake. */
  missed(): void {
    this.#credit = 0;
    this.#penalty = Math.min(MOST_SKIPPED, Math.max(1, this.#penalty * 2));
    this.#skip = this.#penalty;
  }
}
