/**
 * How the two sides of a lane wake each other, through words of the memory that they share. Either says how it waits; who waits for
 * messages and nothing else is sent one.
 *
 * Whoever changes how it waits looks once more after it has said so: then either side has seen the other's word.
 */

import { performance } from '../own/own-globals.js';

// Whatever a task makes of `Atomics`: without a bell, calls and outcomes would lie where nobody looks.
const { add, load, notify, store, wait, waitAsync } = Atomics as Bell;

/** Rings in the thread: something was sent to it. */
const DOORBELL = 0;
/** Whether the thread comes by the doorbell before it goes back to its event loop. */
const LISTENING = 1;
/** Rings on the calling side: outcomes lie in shared memory. */
const OUTCOME_BELL = 2;
/** How the calling side waits for outcomes. */
const WAITING = 3;

/** For a message; it looks for them by itself; or the bell wakes it. */
const AWAY = 0;
const LOOKING = 1;
const HEARING = 2;

export class Bells {
  static readonly WORDS = 4;
  readonly #words: Int32Array;
  #armed = false;

  constructor(words: Int32Array) {
    this.#words = words;
  }

  // ── The calling side ──

  /** Something was sent: wakes a thread that waits for just this. False: it does not listen, and has to be told by a message. */
  ring(): boolean {
    add(this.#words, DOORBELL, 1);
    notify(this.#words, DOORBELL, 1);
    return load(this.#words, LISTENING) === 1;
  }

  /** While it looks, the calling side needs neither message nor bell. */
  set looking(looking: boolean) {
    store(this.#words, WAITING, looking ? LOOKING : AWAY);
  }

  /**
   * The next outcomes that lie in shared memory ring, once, and send no message. A sleeping event loop is there 10 to 20 µs sooner, since
   * nothing has to be received. A bell that never rings keeps nothing alive. Cost: 2 µs, or nothing if it has not rung since it was last asked for.
   */
  hear(heard: () => void): void {
    if (load(this.#words, WAITING) !== AWAY) return;
    if (!this.#armed) {
      const answer = waitAsync?.(this.#words, OUTCOME_BELL, load(this.#words, OUTCOME_BELL));
      if (answer?.async !== true) return;
      this.#armed = true;
      void answer.value.then(() => {
        this.#armed = false;
        this.looking = false;
        heard();
      });
    }
    store(this.#words, WAITING, HEARING);
  }

  /** The thread is gone: whoever waits for the bell hears it. */
  silence(): void {
    notify(this.#words, OUTCOME_BELL);
  }

  // ── The thread ──

  /** Outcomes lie in shared memory. False: the calling side has to be told by a message. */
  tell(): boolean {
    if (load(this.#words, WAITING) !== HEARING) return this.looking;
    add(this.#words, OUTCOME_BELL, 1);
    notify(this.#words, OUTCOME_BELL);
    return true;
  }

  get looking(): boolean {
    return load(this.#words, WAITING) === LOOKING;
  }

  get rings(): number {
    return load(this.#words, DOORBELL);
  }

  /** While it listens, the thread needs no message. */
  set listening(listening: boolean) {
    store(this.#words, LISTENING, listening ? 1 : 0);
  }

  /** Spins until it rings again, at most `ms`. True: it did. */
  spinForRing(rings: number, ms: number): boolean {
    const until = performance.now() + ms;
    do {
      for (let looks = 0; looks < 50; looks++) if (load(this.#words, DOORBELL) !== rings) return true;
    } while (performance.now() < until);
    return false;
  }

  /** Sleeps until it rings again, at most `ms`. True: it did. */
  sleepForRing(rings: number, ms: number): boolean {
    return wait(this.#words, DOORBELL, rings, ms) !== 'timed-out';
  }
}

/** As of ES2024, and not in every runtime. */
type Bell = Omit<typeof Atomics, 'waitAsync'> & {
  waitAsync?(words: Int32Array, at: number, value: number): { async: true; value: Promise<unknown> } | { async: false };
};
