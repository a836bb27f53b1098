/**
 * Every error of this library: its code, when it comes, and the way out.
 *
 * One family, so that `error instanceof ExecutorError` tells a failure of the executor from one of the task;
 * what a task throws is never wrapped: it comes home as itself.
 */

/**
 * The family. `code` is stable across versions; messages are for people and may change.
 *
 * All but `MismatchError` are made as any `Error` is, `new QueueFullError('busy')`, for tests of code that catches them.
 */
export class ExecutorError extends Error {
  /** `ERR_…`: what to tell errors apart by. */
  readonly code: string;

  constructor(message?: string, options?: ErrorOptions & { code?: string }) {
    super(message, options);
    this.code = options?.code ?? 'ERR_EXECUTOR';
  }

  // On the prototype, as for the language's own errors: an own `name` would show up in every printed error.
  static {
    ExecutorError.prototype.name = 'ExecutorError';
  }
}

/** `ERR_EXECUTOR_CLOSED`: the executor was closed or terminated. Way out: submit before `close()`, or make a new executor. */
export class ExecutorClosedError extends ExecutorError {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, { ...options, code: 'ERR_EXECUTOR_CLOSED' });
  }

  static {
    ExecutorClosedError.prototype.name = 'ExecutorClosedError';
  }
}

/** `ERR_QUEUE_FULL`: `maxQueue` tasks wait already. Way out: `await executor.ready()` before submitting, or answer "busy". */
export class QueueFullError extends ExecutorError {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, { ...options, code: 'ERR_QUEUE_FULL' });
  }

  static {
    QueueFullError.prototype.name = 'QueueFullError';
  }
}

/** `ERR_TASK_TIMEOUT`: the task ran longer than `timeout`, or waited longer than `queueTimeout`. Way out: a longer one, less work at a time, or answer "too slow". */
export class TaskTimeoutError extends ExecutorError {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, { ...options, code: 'ERR_TASK_TIMEOUT' });
  }

  static {
    TaskTimeoutError.prototype.name = 'TaskTimeoutError';
  }
}

/** `ERR_THREAD_EXITED`: the thread ended under the task; `exitCode` says how. Only this task failed. Way out: `retries`, where running it again does no harm. */
export class ThreadExitedError extends ExecutorError {
  /** What the thread ended with; null: it was killed or never started. */
  readonly exitCode: number | null;

  constructor(message?: string, options?: ErrorOptions & { exitCode?: number | null; code?: string }) {
    super(message, { ...options, code: options?.code ?? 'ERR_THREAD_EXITED' });
    this.exitCode = options?.exitCode ?? null;
  }

  static {
    ThreadExitedError.prototype.name = 'ThreadExitedError';
  }
}

/** `ERR_THREAD_OUT_OF_MEMORY`: the task went beyond its thread's heap limit. Way out: raise `resourceLimits`, or send less at a time. */
export class ThreadOutOfMemoryError extends ThreadExitedError {
  constructor(message?: string, options?: ErrorOptions & { exitCode?: number | null }) {
    super(message, { ...options, code: 'ERR_THREAD_OUT_OF_MEMORY' });
  }

  static {
    ThreadOutOfMemoryError.prototype.name = 'ThreadOutOfMemoryError';
  }
}

/** `ERR_INITIALIZER_FAILED`: `cause` is what the initializer threw. Way out: mend it; the next call tries again. */
export class InitializerError extends ExecutorError {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, { ...options, code: 'ERR_INITIALIZER_FAILED' });
  }

  static {
    InitializerError.prototype.name = 'InitializerError';
  }
}

/**
 * `ERR_FUNCTION_NOT_SENDABLE`: the function, or anything reached through what it captures, cannot cross to a thread.
 * `path` leads to it, as `closure of handler → db → socket`. The message names variables, never their values.
 * Way out: export the function from a module, pass data, or open what it needs in the `initializer`.
 */
export class FunctionNotSendableError extends ExecutorError {
  /** What leads to it, as `closure of handler → db → socket`. */
  readonly path: string;

  constructor(message?: string, options?: ErrorOptions & { path?: string }) {
    super(message, { ...options, code: 'ERR_FUNCTION_NOT_SENDABLE' });
    this.path = options?.path ?? '';
  }

  static {
    FunctionNotSendableError.prototype.name = 'FunctionNotSendableError';
  }
}

/** `ERR_VALUE_NOT_SENDABLE`: an argument, a result, or something in them cannot cross; `path` leads to it, as `args[1].rows[3].socket`. Way out: send the data in it. */
export class ValueNotSendableError extends ExecutorError {
  /** What leads to it, as `args[1].rows[3].socket`. */
  readonly path: string;

  constructor(message?: string, options?: ErrorOptions & { path?: string }) {
    super(message, { ...options, code: 'ERR_VALUE_NOT_SENDABLE' });
    this.path = options?.path ?? '';
  }

  static {
    ValueNotSendableError.prototype.name = 'ValueNotSendableError';
  }
}

/** `ERR_NAMED_ARGUMENT`: unknown or missing names, or a function whose parameters have none. The message lists what the function takes. */
export class NamedArgumentError extends ExecutorError {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, { ...options, code: 'ERR_NAMED_ARGUMENT' });
  }

  static {
    NamedArgumentError.prototype.name = 'NamedArgumentError';
  }
}

/** What verify mode tells apart: see `MismatchError`. */
export type Difference = 'result' | 'outcome' | 'arguments' | 'captures' | 'this' | 'chance' | 'refused';

/**
 * `ERR_MISMATCH`: verify mode has found that a call does on a thread what it does not do here. `difference` says in what:
 *
 * - `result`, `outcome`: another result, or one of both throws and the other not, or another error.
 * - `arguments`, `captures`: it changes what it was given, or captures.
 * - `this`: it needs an object that does not go along.
 * - `chance`: here it gives something else each time.
 * - `refused`: it cannot cross at all.
 */
export class MismatchError extends ExecutorError {
  /** In what the two calls differ. */
  readonly difference: Difference;
  /** The difference, line by line, and where the call was made. Printed below the warning. */
  readonly detail: string;

  constructor(message: string, options: ErrorOptions & { difference: Difference; detail: string }) {
    super(message, { ...options, code: 'ERR_MISMATCH' });
    this.difference = options.difference;
    this.detail = options.detail;
  }

  static {
    MismatchError.prototype.name = 'MismatchError';
  }
}

/** For whoever was given something else where a function belongs; `verb`: what cannot be done with it. */
export function notAFunction(verb: string, received: unknown): TypeError {
  return new TypeError(`Cannot ${verb} what is not a function: received ${nounOf(received)}`);
}

/** What came instead, for a message: `an array`. No more than that: values do not belong in messages, which end up in logs. */
export function nounOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return kind === 'Object' ? 'an object' : kind === 'Promise' ? 'a promise' : `an object (${kind})`;
}
