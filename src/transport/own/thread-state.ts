/**
 * What a thread of an executor knows about itself. It lies on `globalThis`, since the thread's own code and the copy of this
 * package that a user's module imports there may be two copies of one file.
 */
import { isMainThread, workerData } from 'node:worker_threads';

export interface ThreadState {
  readonly id: number;
  readonly executor: string;
  /** The task that the calling code belongs to, however late it runs. */
  task(): RunningTask | undefined;
}

export interface RunningTask {
  readonly signal: AbortSignal;
  readonly cancelled: boolean;
  /** Somebody on the calling side listens: the calls that the task makes are reported there. */
  readonly observed: boolean;
  /** A call that the task made has ended; epoch ms. */
  ranInside(name: string, startedAt: number, endedAt: number): void;
  /** Nobody wants more of it, though it was not aborted: its signal says so. */
  leave?(): void;
  /** Lends its thread to others until `ready` resolves; resolves when it has a thread again. */
  park?(ready: Promise<unknown>): Promise<void>;
}

const KEY = Symbol.for('run-in-executor.thread');

/** What the data that a thread is started with says of it: the first that is to be had there. */
export const THREAD_MARK = 'run-in-executor';

/**
 * Before a thread's own code runs, too, while it loads what `--require` and `--import` name: a call that such a file makes would start
 * threads that load the file, each of which would start more.
 */
export function isThread(): boolean {
  return isMarked || threadState() !== undefined;
}

const isMarked = !isMainThread && (workerData as { [THREAD_MARK]?: unknown } | null | undefined)?.[THREAD_MARK] === true;

export function threadState(): ThreadState | undefined {
  return (globalThis as { [KEY]?: ThreadState })[KEY];
}

export function setThreadState(state: ThreadState): void {
  Object.defineProperty(globalThis, KEY, { value: state, configurable: true });
}

/** The task that the calling code belongs to: its thread's, or one of an executor that has no threads. */
export function runningTask(): RunningTask | undefined {
  return threadState()?.task() ?? taskHere?.();
}

let taskHere: (() => RunningTask | undefined) | undefined;

export function setTaskHere(find: () => RunningTask | undefined): void {
  taskHere = find;
}
