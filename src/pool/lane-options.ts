import type { Lane } from './lane/lane.js';
import type { Task } from './task/task.js';
import type { IdleOptions } from './threads/idle-threads.js';
import type { SupplyOptions } from './threads/thread-supply.js';
import type { ThreadOptions } from './threads/threads.js';

export type LaneOptions = ThreadOptions & IdleOptions & SupplyOptions;

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
