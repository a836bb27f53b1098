import type { ExecutorStats } from '../pool/stats/stats.js';
import type { Run } from './run.js';

/** What every executor offers, here or on a fleet: take this type where an executor is wanted. */
export interface ExecutorLike extends AsyncDisposable {
  /** Runs a function there: `executor.run(fn, ...args)`. It may be passed on alone. */
  readonly run: Run;
  /** Its name in errors, traces and metrics, and in `currentThread()`. */
  readonly name: string;
  /** It takes no new task: `close()` or `terminate()` was called. */
  readonly closed: boolean;
  /** See `Run.map`. */
  map: Run['map'];
  /** See `Run.stream`. */
  stream: Run['stream'];
  /** See `Run.wrap`. */
  wrap: Run['wrap'];
  /** Resolves when the queue has room: one waiting caller for each place that comes free, in order. The way to hold back a producer. */
  ready(options?: { signal?: AbortSignal | undefined }): Promise<void>;
  /** Counts since the start, times and utilization of the last minute. */
  stats(): ExecutorStats;
  /** Takes no new task, finishes all taken, ends the threads; past `timeout` ms it terminates, at once if that is 0 or less. Never rejects. */
  close(options?: { timeout?: number | undefined }): Promise<void>;
}
