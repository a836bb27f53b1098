/**
 * The executors of this process that have a pool, for those who measure all of them. It keeps none alive.
 */
import type { ExecutorStats } from '../pool/stats/stats.js';

/** What is measured of an executor. */
export interface LiveExecutor {
  readonly name: string;
  readonly closed: boolean;
  stats(): ExecutorStats;
}

const executors = new Set<WeakRef<LiveExecutor>>();

/** Once an executor, when it makes its pool, which is returned. */
export function remember<P>(executor: LiveExecutor, pool: P): P {
  // Those that are gone go.
  liveExecutors();
  executors.add(new WeakRef(executor));
  return pool;
}

/** Those that are open, the oldest first. */
export function liveExecutors(): LiveExecutor[] {
  const live: LiveExecutor[] = [];
  for (const reference of executors) {
    const executor = reference.deref();
    if (executor === undefined || executor.closed) executors.delete(reference);
    else live.push(executor);
  }
  return live;
}
