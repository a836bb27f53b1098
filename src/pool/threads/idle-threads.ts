/**
 * What becomes of threads that have nothing to do.
 *
 * An idle thread is given back to Piscina after a short linger, since a held one keeps the process alive: a script ends by itself.
 * It stays warm for `idleTimeout`; then as many are ended as were not needed at any time since.
 */

import { clearImmediate, clearTimeout, setImmediate, setTimeout } from '../../transport/own/own-globals.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import { after } from '../after.js';
import type { Lane } from '../lane/lane.js';

/** How long an idle lane waits for the next call, ms: a program ends that much later than its last answer. */
const LINGER = 10;

export interface IdleOptions {
  readonly minThreads: number;
  /** ms; Infinity keeps threads for ever. */
  readonly idleTimeout: number;
}

interface Lanes {
  readonly lanes: ReadonlySet<Lane>;
  readonly idle: readonly Lane[];
  readonly queue: { readonly size: number };
}

export interface IdleListener {
  release(lane: Lane): void;
  /** The lane has not opened, and nobody waits for it: a program that waits for nothing else may end. False: it cannot be left yet. */
  leave(lane: Lane): boolean;
  retire(lane: Lane): void;
}

export class IdleThreads {
  readonly #options: IdleOptions;
  readonly #lanes: Lanes;
  readonly #listener: IdleListener;
  /** From the moment when a lane went idle to the next sweep. */
  #setting: NodeJS.Immediate | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #review: NodeJS.Timeout | undefined;

  constructor(lanes: Lanes, options: IdleOptions, listener: IdleListener) {
    this.#lanes = lanes;
    this.#options = options;
    this.#listener = listener;
  }

  /** A lane has nothing to do, or nothing waits any more for those that start. Its clock is set when whoever awaited its last call has gone on: a timer takes 25 µs where calls are rare. */
  idle(): void {
    this.#setting ??= setImmediate(() => this.#setClocks());
  }

  stop(): void {
    clearImmediate(this.#setting);
    clearTimeout(this.#sweep);
    clearTimeout(this.#review);
  }

  #setClocks(): void {
    this.#sweep = setTimeout(() => this.#sweepLanes(), LINGER);
    if (this.#options.idleTimeout !== Number.POSITIVE_INFINITY) this.#reviewIn(this.#options.idleTimeout);
  }

  #sweepLanes(): void {
    this.#setting = undefined;
    const before = epochNow() - LINGER;
    let younger = false;
    for (const lane of [...this.#lanes.idle]) {
      if (lane.movedAt <= before) this.#listener.release(lane);
      else younger = true;
    }
    if (this.#lanes.queue.size === 0) {
      for (const lane of this.#lanes.lanes) {
        if (lane.state === 'starting' && lane.idle && !this.#listener.leave(lane)) younger = true;
      }
    }
    if (younger) this.idle();
  }

  #reviewIn(ms: number): void {
    this.#review ??= after(ms, () => this.#reviewThreads())?.unref();
  }

  /** The longest idle first, down to `minThreads`. */
  #reviewThreads(): void {
    this.#review = undefined;
    const { idleTimeout, minThreads } = this.#options;
    const now = epochNow();
    let spare = this.#lanes.lanes.size - minThreads;
    for (const lane of [...this.#lanes.idle].sort((a, b) => a.movedAt - b.movedAt)) {
      if (spare <= 0) return;
      if (lane.parked.size > 0) continue;
      // Timers may come a little early.
      const left = idleTimeout - (now - lane.movedAt);
      if (left > 1) {
        this.#reviewIn(left);
        return;
      }
      this.#listener.retire(lane);
      spare--;
    }
  }
}
