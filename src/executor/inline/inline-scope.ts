/**
 * One task of an InlineExecutor, seen from its own code: what `currentThread()` reads there.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { threadId } from 'node:worker_threads';
import type { ObservedTask } from '../../pool/task/task-channels.js';
import { type RunningTask, setTaskHere, type ThreadState } from '../../transport/own/thread-state.js';
import { wordsOf } from '../../transport/words-of.js';

export class InlineScope implements RunningTask, ThreadState {
  readonly id = threadId;
  readonly executor: string;
  cancelled = false;
  readonly park?: (ready: Promise<unknown>) => Promise<void>;
  readonly #controller = new AbortController();
  readonly #observed: ObservedTask | undefined;

  constructor(executor: string, observed?: ObservedTask, park?: (ready: Promise<unknown>) => Promise<void>) {
    this.executor = executor;
    this.#observed = observed;
    if (park !== undefined) this.park = park;
  }

  get observed(): boolean {
    return this.#observed !== undefined;
  }

  ranInside(name: string, startedAt: number, endedAt: number): void {
    this.#observed?.ranInside(name, startedAt, endedAt);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  task(): RunningTask {
    return this;
  }

  /** With a copy of the reason's words, as in a thread. */
  cancel(reason: unknown): void {
    this.cancelled = true;
    this.#controller.abort(new DOMException(wordsOf(reason), 'AbortError'));
  }

  leave(): void {
    this.cancel('The loop over the stream was left');
  }

  run<T>(fn: () => T): T {
    if (scopes === undefined) {
      scopes = new AsyncLocalStorage();
      setTaskHere(inlineScope);
    }
    return scopes.run(this, fn);
  }
}

/** The inline task that the calling code belongs to. */
export function inlineScope(): InlineScope | undefined {
  return scopes?.getStore();
}

/** Made when first needed: a program without InlineExecutor pays nothing. */
let scopes: AsyncLocalStorage<InlineScope> | undefined;
