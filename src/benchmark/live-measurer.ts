/**
 * Measures by running the function: here, and on pools of the public `Executor`.
 */
import { Bench } from 'tinybench';
import { Executor, type ExecutorOptions, type Fn } from '../index.js';
import { closedLoop } from './closed-loop.js';
import { crossingTimes } from './crossing.js';
import { LoadRecord } from './load-record.js';
import { type Machine, thisMachine } from './machine.js';
import type { CrossingTimes, DirectSlice, LoadSlice, Measurer } from './measurer.js';
import { openLoop } from './open-loop.js';
import type { ArgumentsMaker } from './options.js';
import type { Load } from './result.js';
import { thinned } from './statistics.js';
import { sharedClock, threadTimes, timed } from './timed-call.js';

/** Threads that are kept, over all pools: one takes 5 MiB and more. Beyond, pools end and start again at their next turn. */
const MOST_THREADS = 96;

/** Of a slice's plain calls. */
const MOST_SAMPLES = 2_000;

export class LiveMeasurer implements Measurer {
  readonly machine: Machine = thisMachine();
  readonly #fn: Fn;
  readonly #arguments: (call: number) => readonly unknown[];
  readonly #timed: ReturnType<typeof timed>;
  readonly #options: ExecutorOptions;
  /** The one used longest ago first. */
  readonly #pools = new Map<number, Executor>();
  #calls = 0;
  /** ms, of the plain call. */
  #usual = 0;

  constructor(fn: Fn, args: readonly unknown[] | ArgumentsMaker, options: ExecutorOptions = {}) {
    this.#fn = fn;
    this.#timed = timed(fn);
    this.#arguments = typeof args === 'function' ? args : () => args;
    this.#options = options;
  }

  now(): number {
    return sharedClock();
  }

  async direct(ms: number): Promise<DirectSlice> {
    let args: readonly unknown[] = [];
    let asynchronous = false;
    const bench = new Bench({ time: ms, iterations: 1, warmup: false, retainSamples: true, throws: true });
    // Called as a function, not as a method of this object: so it is on threads, too.
    const fn = this.#fn;
    const call = async () => {
      const given = fn(...args);
      if (typeof given?.then !== 'function') return;
      asynchronous = true;
      await given;
    };
    const next = () => {
      args = this.#next();
    };
    const before = threadTimes();
    const [task] = await bench.add('direct', call, { async: true, beforeEach: next }).run();
    const after = threadTimes();
    const result = task?.result;
    const samples = result !== undefined && 'latency' in result ? (result.latency.samples ?? []) : [];
    const calls = thinned(samples, MOST_SAMPLES);
    this.#usual = calls[calls.length >> 1] ?? 0;
    const processor = before &&
      after && {
        computing: (after.computing - before.computing) / samples.length,
        queueing: (after.queueing - before.queueing) / samples.length,
      };
    return { calls, processor, asynchronous };
  }

  async crossing(ms: number): Promise<CrossingTimes> {
    const fn = this.#fn;
    return crossingTimes(await this.#pool(Math.min(...this.#pools.keys())), () => this.#next(), await fn(...this.#next()), ms);
  }

  async open(size: number, ms: number): Promise<number> {
    const before = process.memoryUsage.rss();
    const pool = await this.#pool(size);
    await this.load(size, ms, { kind: 'closed', concurrency: 2 * size }, new AbortController().signal);
    return pool.closed ? 0 : Math.max(0, process.memoryUsage.rss() - before);
  }

  async load(size: number, ms: number, load: Load, signal: AbortSignal): Promise<LoadSlice> {
    const pool = await this.#pool(size);
    const record = new LoadRecord({ pool, call: this.#timed, args: () => this.#next(), usual: this.#usual });
    // Each slice's own: what listens to the caller's signal is taken off again.
    const cut = new AbortController();
    const abort = () => cut.abort();
    signal.addEventListener('abort', abort);
    try {
      if (load.kind === 'closed') return await closedLoop(record, load.concurrency, size, ms, cut.signal);
      return await openLoop(record, load.rate, ms, cut.signal);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    // Idle threads do not hold the process: the last to end may do so after it, and nobody would be told that all is done.
    const held = setInterval(() => {}, 1_000);
    await Promise.all([...this.#pools.values()].map((pool) => pool.terminate()));
    clearInterval(held);
    this.#pools.clear();
  }

  #next(): readonly unknown[] {
    return this.#arguments(this.#calls++);
  }

  async #pool(size: number): Promise<Executor> {
    const known = this.#pools.get(size);
    const pool = known ?? new Executor({ name: `pool of ${size}`, ...this.#options, maxThreads: size, minThreads: size });
    this.#pools.delete(size);
    this.#pools.set(size, pool);
    if (known === undefined) await pool.warmUp(this.#fn);
    for (const [other, oldest] of this.#pools) {
      if (this.#threads() <= MOST_THREADS || oldest === pool) break;
      this.#pools.delete(other);
      await oldest.close();
    }
    return pool;
  }

  #threads(): number {
    return [...this.#pools.keys()].reduce((sum, size) => sum + size, 0);
  }
}
