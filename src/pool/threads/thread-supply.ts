/**
 * The threads of one pool as they come: the first before the first task, more as they are worth it, others for those that fail to start.
 */
import type { Lease } from '../../transport/protocol.js';
import type { Dispatch } from '../dispatch/dispatch.js';
import type { Lane } from '../lane/lane.js';
import { missingThreads } from './thread-demand.js';
import { ThreadStarts } from './thread-starts.js';
import type { Threads } from './threads.js';

/** What each thread is told at its start. */
export interface SupplyOptions extends Pick<Lease, 'executor' | 'ways' | 'niceIncrement'> {
  readonly maxTasksPerThread: number;
  /** MiB. */
  readonly maxHeapPerThread: number;
  /** What runs in each thread before its first call and after its last. Throws what cannot cross, and then is asked again. */
  beside(): BesideCalls;
}

export type BesideCalls = Pick<Lease, 'initializer' | 'finalizer'>;

export class ThreadSupply {
  readonly #options: SupplyOptions;
  readonly #dispatch: Dispatch;
  readonly #threads: Threads;
  readonly #starts: ThreadStarts;

  /** `resume`: more can be started now. */
  constructor(options: SupplyOptions, dispatch: Dispatch, threads: Threads, resume: () => void) {
    this.#options = options;
    this.#dispatch = dispatch;
    this.#threads = threads;
    this.#starts = new ThreadStarts(resume);
  }

  /** Starts that failed in a row. */
  get failedStarts(): number {
    return this.#starts.inARow;
  }

  /** To be called before the first task is taken, and again if it throws: what no thread can do without, and the first thread. */
  prepare(): void {
    this.#options.beside();
    this.#threads.load();
    this.#start();
  }

  /** Starts what is missing for those that wait. */
  meetDemand(): void {
    if (this.#starts.paused) return;
    for (let missing = missingThreads(this.#dispatch); missing > 0 && this.#starts.mayStart(); missing--) this.#start();
  }

  /** Starts as many as there may be. */
  fill(): void {
    while (this.#dispatch.lanes.size < this.#dispatch.maxThreads) this.#start();
  }

  /** The lane's thread has come up. */
  opened(lane: Lane, threadId: number): void {
    lane.opened(threadId);
    lane.allowance = this.#options.maxTasksPerThread;
    this.#starts.succeeded();
  }

  /** A thread has failed to start. True: the last of too many; the next start is up to the next submit. */
  failed(cause: unknown): boolean {
    return this.#starts.failed(cause);
  }

  /** Throws what they failed with, where none of these threads has come up. */
  check(threads: readonly (number | undefined)[]): void {
    this.#starts.check(threads);
  }

  #start(): void {
    const { executor, ways, niceIncrement, maxHeapPerThread } = this.#options;
    const watchHeap = maxHeapPerThread !== Number.POSITIVE_INFINITY;
    this.#dispatch.lanes.add(this.#threads.start({ executor, ways, niceIncrement, watchHeap, ...this.#options.beside() }));
  }
}
