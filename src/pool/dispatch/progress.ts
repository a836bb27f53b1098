/**
 * What follows when a lane has made progress: its next calls, or the end of a thread that has served long enough, or rest.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Lane } from '../lane/lane.js';
import type { Dispatch } from './dispatch.js';

export interface ProgressListener {
  /** The thread is to be replaced. */
  worn(lane: Lane): void;
  idle(): void;
}

export class Progress {
  readonly #dispatch: Dispatch;
  readonly #maxHeapPerThread: number;
  readonly #listener: ProgressListener;

  /** `maxHeapPerThread`: MiB. */
  constructor(dispatch: Dispatch, maxHeapPerThread: number, listener: ProgressListener) {
    this.#dispatch = dispatch;
    this.#maxHeapPerThread = maxHeapPerThread;
    this.#listener = listener;
  }

  made(lane: Lane): void {
    this.#dispatch.note(lane);
    if (lane.state !== 'open') return;
    // What can wait does: where calls are rare, it would keep whoever awaits what has just ended for 30 µs.
    if (lane.idle && this.#dispatch.queue.size === 0 && !this.#isWorn(lane)) void SOON.then(() => lane.idle && this.#goOn(lane));
    else this.#goOn(lane);
  }

  #goOn(lane: Lane): void {
    if (lane.state !== 'open') return;
    if (lane.idle && lane.parked.size === 0 && this.#isWorn(lane)) this.#listener.worn(lane);
    else this.#dispatch.fill(lane);
    if (!lane.idle) return;
    outside(() => lane.claims.bells.hear(lane.heard));
    this.#listener.idle();
    // Its place may be what a parked call of another waits for.
    if (this.#dispatch.lanes.size > this.#dispatch.maxThreads) this.#dispatch.fillAll();
  }

  /** The thread has done its share, holds too much, or is one too many. */
  #isWorn(lane: Lane): boolean {
    if (this.#dispatch.hasExcess || lane.allowance <= 0) return true;
    return lane.heap > this.#maxHeapPerThread;
  }
}

/** After those who await a call that has just ended. */
const SOON = Promise.resolve();

/** What a bell wakes runs in none of the contexts that callers run in, nor keeps one alive. */
const outside = AsyncLocalStorage.snapshot();
