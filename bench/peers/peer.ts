/**
 * What every way of running something on a thread looks like to a scenario.
 */
import type { Transferable } from 'node:worker_threads';
import type * as tasks from '../tasks.js';

export type TaskName = keyof typeof tasks;

export interface Pool {
  run(task: TaskName, argument: unknown, options?: RunOptions): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: readonly Transferable[] | undefined;
}

export interface Peer {
  readonly name: string;
  /** What a pool of this peer can do beside running a task. */
  readonly can: readonly ('abort' | 'transfer' | 'share')[];
  /** Throws `NotInstalled`. All threads start now, or at the first calls. */
  open(threads: number): Promise<Pool>;
}

/** The compiled module of the tasks, for pools that take a file. */
export const taskFile = new URL('../tasks.js', import.meta.url);
