import { ownFunction } from '../transport/functions/own.js';
import { threadState } from '../transport/own/thread-state.js';
import { inlineScope } from './inline/inline-scope.js';

/** What a task can know of where it runs. */
export interface CurrentThread {
  /** Node's `threadId`: unique in the process. */
  readonly id: number;
  /** The executor's name. */
  readonly executor: string;
  /** Aborts when the task is aborted or timed out and has a `gracePeriod`: for asynchronous tasks. Its reason is an `AbortError` in the words of the caller's. */
  readonly signal: AbortSignal;
  /** The same as a flag in shared memory, which synchronous code sees in the middle of a loop. Cost: under 0.1 µs. */
  readonly cancelled: boolean;
}

/** In a task (or in anything that it left behind): its thread. Undefined elsewhere. */
export function currentThread(): CurrentThread | undefined {
  const state = threadState() ?? inlineScope();
  if (state === undefined) return undefined;
  const task = state.task();
  return {
    id: state.id,
    executor: state.executor,
    get signal() {
      return task?.signal ?? NEVER;
    },
    get cancelled() {
      return task?.cancelled ?? false;
    },
  };
}

const NEVER = new AbortController().signal;

ownFunction(currentThread, 'currentThread');
