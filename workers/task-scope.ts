/**
 * One running task, seen from its own code: `currentThread()` reads it, and errors that surface outside of its promise are traced to it.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transferable } from 'node:worker_threads';
import type { AnyFunction } from '../src/transport/any-function.js';
import type { Claims } from '../src/transport/claims.js';
import type { FromThread } from '../src/transport/protocol.js';
import type { RunningTask } from '../src/transport/thread-state.js';

export interface TaskLane {
  readonly claims: Claims;
  post(message: FromThread, transfer: Transferable[]): void;
  /** Ends the running task by an error that its own promise does not carry. */
  fail(scope: TaskScope, error: unknown): void;
}

const scopes = new AsyncLocalStorage<TaskScope>();

export class TaskScope implements RunningTask {
  /** The lane that this thread serves now. */
  static lane: TaskLane | undefined;
  /** The task that runs now. */
  static current: TaskScope | undefined;

  /** The task that the calling code belongs to, which may have ended long ago. */
  static ofCaller(): TaskScope | undefined {
    return scopes.getStore();
  }

  readonly sequence: number;
  /** It has called the calling side back: its outcome must not overtake that. */
  calledBack = false;
  #controller: AbortController | undefined;
  #cancelled = false;

  constructor(sequence: number) {
    this.sequence = sequence;
  }

  run(fn: AnyFunction, args: readonly unknown[]): unknown {
    TaskScope.current = this;
    return scopes.run(this, apply, fn, args);
  }

  end(): void {
    if (TaskScope.current === this) TaskScope.current = undefined;
  }

  get running(): boolean {
    return TaskScope.current === this;
  }

  /** True as soon as the calling side does not want the result any more, even while synchronous code holds this thread. */
  get cancelled(): boolean {
    return this.#cancelled || (this.running && TaskScope.lane?.claims.isCancelled(this.sequence) === true);
  }

  /** Aborts when the thread's event loop gets to know of it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.cancelled) this.#controller.abort();
    return this.#controller.signal;
  }

  cancel(sequence: number, reason: unknown): void {
    if (sequence !== this.sequence) return;
    this.#cancelled = true;
    this.#controller ??= new AbortController();
    this.#controller.abort(new DOMException(String(reason), 'AbortError'));
  }
}

function apply(fn: AnyFunction, args: readonly unknown[]): unknown {
  return Reflect.apply(fn, undefined, args);
}
