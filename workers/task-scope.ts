/**
 * One running task, seen from its own code: `currentThread()` reads it, and errors that surface outside of its promise are traced to it.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transferable } from 'node:worker_threads';
import type { AnyFunction } from '../src/transport/any-function.js';
import { apply as ownApply } from '../src/transport/own/own-globals.js';
import type { RunningTask } from '../src/transport/own/thread-state.js';
import type { FromThread } from '../src/transport/protocol.js';
import type { Claims } from '../src/transport/shared-memory/claims.js';

interface TaskLane {
  readonly claims: Claims;
  post(message: FromThread, transfer: Transferable[]): void;
  /** Ends the running task by an error that its own promise does not carry. */
  fail(scope: TaskScope, error: unknown): void;
  /** Others may have the thread. */
  park(scope: TaskScope): void;
  /** It could go on. */
  wake(scope: TaskScope): void;
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

  /** The number under which it was called. */
  readonly first: number;
  /** The number under which it runs. */
  sequence: number;
  readonly observed: boolean;
  /** It has told the calling side something: its outcome must not overtake that. */
  calledBack = false;
  #controller: AbortController | undefined;
  #cancelled = false;
  /** What it left behind has failed while it was parked. */
  #stray: { readonly error: unknown } | undefined;
  #parked: { resume(): void; wake(): void } | undefined;

  constructor(sequence: number, observed = false) {
    this.first = sequence;
    this.sequence = sequence;
    this.observed = observed;
  }

  run(fn: AnyFunction, args: readonly unknown[]): unknown {
    TaskScope.current = this;
    return scopes.run(this, apply, fn, args);
  }

  end(): void {
    if (TaskScope.current === this) TaskScope.current = undefined;
  }

  ranInside(name: string, startedAt: number, endedAt: number): void {
    if (!this.running) return;
    this.calledBack = true;
    TaskScope.lane?.post({ type: 'nested', sequence: this.sequence, name, startedAt, endedAt }, []);
  }

  async park(ready: Promise<unknown>): Promise<void> {
    const { lane } = TaskScope;
    if (lane === undefined || !this.running) {
      await ready;
      return;
    }
    await new Promise<void>((resume) => {
      const wake = () => lane.wake(this);
      this.#parked = { resume, wake };
      void ready.then(wake);
      TaskScope.current = undefined;
      lane.park(this);
    });
    if (this.#stray !== undefined) throw this.#stray.error;
  }

  /** It has the thread again, under another number. */
  resume(sequence: number): void {
    this.sequence = sequence;
    TaskScope.current = this;
    this.#parked?.resume();
    this.#parked = undefined;
  }

  /** True: it is parked, and will fail by this when it goes on. */
  failParked(error: unknown): boolean {
    if (this.#parked === undefined) return false;
    this.#stray ??= { error };
    this.#parked.wake();
    return true;
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

  leave(): void {
    this.cancel(this.first, 'The loop over the stream was left');
  }

  cancel(sequence: number, reason: unknown): void {
    if (sequence !== this.first) return;
    this.#cancelled = true;
    this.#controller ??= new AbortController();
    this.#controller.abort(new DOMException(String(reason), 'AbortError'));
  }
}

function apply(fn: AnyFunction, args: readonly unknown[]): unknown {
  return ownApply(fn, undefined, args);
}
