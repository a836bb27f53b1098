/**
 * What a pool counts: how its tasks ended, since the start, and how long they took, in the last minute.
 */
import { epochNow } from '../../transport/shared-memory/claims.js';
import type { Task } from '../task/task.js';
import { Ledger } from './ledger.js';
import { Recent } from './recent.js';
import type { ExecutorStats } from './stats.js';

/** The pool as it is at this moment. */
export interface Moment {
  readonly threads: { readonly alive: number; readonly busy: number; readonly failedStarts?: number };
  readonly queued: number;
  readonly running: number;
  /** When what runs began, aborted tasks that still hold their thread among them; epoch ms. */
  readonly startedAt: readonly number[];
}

export class Tally {
  readonly #recent: Recent;
  readonly #ends = { completed: 0, failed: 0, cancelled: 0 };
  readonly #ledger = new Ledger();
  #maxThreads: number;
  /** What ran last, and is not counted yet. */
  #uncounted: Task | undefined;
  #startedAt = 0;
  #ran = 0;

  constructor(maxThreads: number) {
    this.#maxThreads = maxThreads;
    this.#recent = new Recent(epochNow(), maxThreads);
  }

  resized(maxThreads: number): void {
    this.count();
    this.#maxThreads = maxThreads;
    this.#recent.resized(epochNow(), maxThreads);
  }

  settled(task: Task): void {
    if (task.end !== undefined) this.#ends[task.end]++;
  }

  /** A thread is done with the task. Epoch ms, ms. */
  ran(task: Task, startedAt: number, ran: number): void {
    task.observed?.ran(startedAt, startedAt + ran, task.lane?.threadId);
    if (task.observed !== undefined) task.observed.freedAt = startedAt + ran;
    this.count();
    this.#uncounted = task;
    this.#startedAt = startedAt;
    this.#ran = ran;
    // It ran on the calling thread, where nobody says that whoever awaits it has gone on.
    if (task.lane === undefined) this.count();
  }

  /** Counts what ran last: put off until whoever awaits it has gone on, to whom this is 15 µs where calls are rare. */
  count(): void {
    const task = this.#uncounted;
    if (task === undefined) return;
    this.#uncounted = undefined;
    const startedAt = this.#startedAt;
    const ran = this.#ran;
    // Without a lane it ran on the calling thread, and spared it nothing.
    if (task.lane !== undefined) this.#ledger.record(task.call, task.ranBefore + ran, task.spent + task.lane.claims.takeCopying());
    if (task.parkedAs === undefined) this.#recent.record(task.submittedAt, startedAt, ran);
    else this.#recent.recordLast(task.waited, task.ranBefore + ran, startedAt, ran);
  }

  /** It has lent its thread. */
  parked(task: Task, startedAt: number, ran: number): void {
    task.observed?.ran(startedAt, startedAt + ran, task.lane?.threadId);
    if (task.ranBefore === 0) task.waited = startedAt - task.submittedAt;
    task.ranBefore += ran;
    this.#recent.recordBusy(startedAt, ran);
  }

  stats({ threads: { alive, busy, failedStarts = 0 }, queued, running, startedAt }: Moment): Required<ExecutorStats> {
    this.count();
    const now = epochNow();
    return {
      threads: { alive, busy, idle: Math.max(0, alive - busy), max: this.#maxThreads, failedStarts },
      queued,
      running,
      ...this.#ends,
      waitTime: this.#recent.waitTime(now),
      runTime: this.#recent.runTime(now),
      utilization: this.#recent.utilization(now, startedAt),
      functions: this.#ledger.rows(),
    };
  }
}
