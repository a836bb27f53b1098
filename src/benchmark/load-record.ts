/**
 * One slice of load on one pool: makes its calls, and keeps what became of them.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Executor, Run } from '../index.js';
import { throttledTime } from './cgroup.js';
import type { CallTimes, LoadSlice } from './measurer.js';
import { sharedClock, type TimedCall, threadTimes, type timed } from './timed-call.js';

interface Subject {
  readonly pool: Executor;
  readonly call: ReturnType<typeof timed>;
  readonly args: () => readonly unknown[];
  /** ms that a plain call takes. */
  readonly usual: number;
}

/** A look into the thread's processor time costs up to 30 µs: in calls of at least this many ms, nobody notices. */
const LONG_ENOUGH = 3;

/** Else one call in so many. */
const ONE_IN = 64;

/** ms. The monitor counts its own interval, too. */
const RESOLUTION = 1;

export class LoadRecord {
  readonly #subject: Subject;
  readonly #calls: CallTimes[] = [];
  readonly #looks: { computing: number; queueing: number }[] = [];
  /** By thread: when its last call ended, and how many it made. */
  readonly #threads = new Map<number, { calls: number; until: number }>();
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  readonly #own = threadTimes();
  readonly #throttled = throttledTime();
  readonly start: number = sharedClock();
  #made = 0;
  #failure: { readonly error: unknown } | undefined;
  #dropped = 0;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#delay.enable();
  }

  get usual(): number {
    return this.#subject.usual;
  }

  /** What the first call that failed threw. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  get run(): Run {
    return this.#subject.pool.run;
  }

  /** A call, counted from `called` (an open loop's arrival; what came late to be made waited all the same). */
  async make(run: Run, called: number = sharedClock()): Promise<void> {
    const looks = this.#subject.usual >= LONG_ENOUGH || this.#made++ % ONE_IN === 0;
    try {
      this.#note(called, (await run(this.#subject.call, looks, ...this.#subject.args())) as TimedCall);
    } catch (error) {
      if ((error as { code?: unknown } | undefined)?.code === 'ERR_TASK_TIMEOUT') this.#dropped++;
      else {
        this.#failure ??= { error };
        throw error;
      }
    }
  }

  /** `over`: the ms in which calls arrived by themselves; without, threads were never left without a call. */
  end({ over, overloaded = false }: { over?: number; overloaded?: boolean } = {}): LoadSlice {
    this.#delay.disable();
    const own = threadTimes();
    const calls = this.#calls;
    return {
      throughput: over === undefined ? this.#throughput() : this.#served(over),
      calls,
      processor: this.#looks.length === 0 ? undefined : { computing: this.#mean('computing'), queueing: this.#mean('queueing') },
      callerCost: own && this.#own && calls.length > 0 ? (own.computing - this.#own.computing) / calls.length : undefined,
      loopDelay: Math.max(0, this.#delay.percentile(99) / 1e6 - RESOLUTION) || 0,
      throttled: throttledTime() - this.#throttled,
      overloaded,
      dropped: this.#dropped,
    };
  }

  #note(called: number, { thread, began, ended, computing, queueing }: TimedCall): void {
    this.#calls.push({ waiting: Math.max(0, began - called), running: ended - began, total: sharedClock() - called });
    if (computing !== undefined && queueing !== undefined) this.#looks.push({ computing, queueing });
    const known = this.#threads.get(thread) ?? { calls: 0, until: this.start };
    this.#threads.set(thread, { calls: known.calls + 1, until: Math.max(known.until, ended) });
  }

  /** Each thread's calls over its own time until the last of them ended: that some run on when the slice is over counts for and against nobody. */
  #throughput(): number {
    return [...this.#threads.values()].reduce((sum, { calls, until }) => sum + (1_000 * calls) / (until - this.start), 0);
  }

  #served(over: number): number {
    const until = Math.max(0, ...[...this.#threads.values()].map((thread) => thread.until));
    return (1_000 * this.#calls.length) / Math.max(over, until - this.start);
  }

  #mean(what: 'computing' | 'queueing'): number {
    return this.#looks.reduce((sum, look) => sum + look[what], 0) / this.#looks.length;
  }
}
