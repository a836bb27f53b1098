import type { Lease } from '../transport/protocol.js';
import type { Lane } from './lane/lane.js';
import type { Task } from './task/task.js';
import type { IdleOptions } from './threads/idle-threads.js';
import type { ThreadOptions } from './threads/threads.js';

export interface LaneOptions extends ThreadOptions, IdleOptions, Pick<Lease, 'executor' | 'ways' | 'niceIncrement'> {
  readonly maxTasksPerThread: number;
  /** MiB. */
  readonly maxHeapPerThread: number;
  /** What runs in each thread before its first call and after its last. Throws what cannot cross, and then is asked again. */
  beside(): BesideCalls;
}

export type BesideCalls = Pick<Lease, 'initializer' | 'finalizer'>;

export interface LanesListener {
  sent(task: Task): void;
  refused(task: Task, error: unknown): void;
  /** Its thread is done with the task, which may have settled long before. Epoch ms, ms. */
  ended(task: Task, startedAt: number, ran: number): void;
  /** A lane has nothing to do, and whoever awaits its last call has gone on. */
  idle(): void;
  /** It has lent its thread to others. */
  parked(task: Task, startedAt: number, ran: number): void;
  diedUnder(task: Task, lane: Lane, cause: unknown): void;
  diedBeside(task: Task, cause: unknown): void;
  /** Starts failed too often in a row. */
  noThreads(cause: unknown): void;
}
