/**
 * Options of a task, checked once where they come in.
 */
export interface TaskOptions {
  /** Aborting removes a queued task, stops a running one, and rejects at once with `signal.reason`. */
  signal?: AbortSignal | undefined;
  /** Run-time limit in ms, from the moment a thread takes the task (loading its module included): `TaskTimeoutError`. Default: none. */
  timeout?: number | undefined;
  /** The longest wait in ms for a thread: `TaskTimeoutError`, and the task never starts. (For both together, `AbortSignal.timeout`.) Default: none. */
  queueTimeout?: number | undefined;
  /**
   * ms that an aborted or timed-out task gets to end by itself through `currentThread().signal` before its thread is ended; Infinity never
   * ends it. A function is asked when a running task is stopped, with the reason: `signal.reason`, or the `TaskTimeoutError`. Default 0.
   */
  gracePeriod?: number | ((reason: unknown) => number) | undefined;
  /** Higher runs first; equal priorities run first in, first out. Default 0. */
  priority?: number | undefined;
  /** How often to run again a task whose thread died under it (never one that threw, nor one that transferred). Default 0. */
  retries?: number | undefined;
  /** The label of the task in errors, traces and metrics. Default: the function's name. */
  name?: string | undefined;
}
