import type { TaskPool } from './send.js';

/** Whoever drops an executor can close it no more: what it took finishes, and its threads end. */
export function closedWhenForgotten(executor: object, pool: TaskPool): TaskPool {
  forgotten.register(executor, pool);
  return pool;
}

const forgotten = new FinalizationRegistry<TaskPool>((pool) => void pool.close(Number.POSITIVE_INFINITY));
