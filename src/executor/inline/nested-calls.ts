/**
 * The calls of one executor that are made inside of tasks. They run on the thread of their task, so nothing can be taken from them; but
 * whoever closes or terminates the executor there is heard: for one that a task has made, that is all there is.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterHere as after } from '../../pool/after.js';
import { closedError } from '../../pool/task/refusals.js';
import { type Undertaking, Undertakings } from '../../pool/undertakings.js';
import { isStandIn } from '../../transport/functions/own.js';
import { clearTimeout } from '../../transport/own/own-globals.js';
import { isThread } from '../../transport/own/thread-state.js';
import type { TaskOptions } from '../task-options.js';
import { nested } from './inline.js';

interface Inside {
  readonly calls: NestedCalls;
  readonly outer: Inside | undefined;
}

export function nestedCalls(executor: { readonly name: string }): NestedCalls {
  const known = all.get(executor);
  if (known !== undefined) return known;
  const calls = new NestedCalls(executor);
  all.set(executor, calls);
  return calls;
}

/** Not a field of each executor: hardly one has such calls. */
const all = new WeakMap<object, NestedCalls>();

class NestedCalls {
  readonly #executor: { readonly name: string };
  readonly #begun = new Undertakings();
  #closed = false;
  #drained: (() => void) | undefined;
  #whenDrained: Promise<void> | undefined;

  constructor(executor: { readonly name: string }) {
    this.#executor = executor;
  }

  run(label: string, options: TaskOptions, call: () => Promise<unknown>): Promise<unknown> {
    const { name } = this.#executor;
    if (this.#refuses) return Promise.reject(closedError(name));
    return new Promise((resolve, reject) => {
      const end = this.#begin({ label, fail: reject });
      inside ??= new AsyncLocalStorage();
      const running = inside.run({ calls: this, outer: inside.getStore() }, nested, name, label, options, call);
      running.then(resolve, reject).then(end);
    });
  }

  /** As `Pool.begin` does. */
  begin(one: Undertaking): (() => void) | undefined {
    return this.#refuses ? undefined : this.#begin(one);
  }

  /** As `Executor.close` in a task. One of these calls would wait for itself: for it, that resolves when `pool` is closed. */
  async close(timeout: number, pool: { close(timeout: number): Promise<void> }): Promise<void> {
    this.#close();
    const closed = pool.close(timeout);
    if (!this.#begun.none && !this.#isCaller) {
      const deadline = timeout === Number.POSITIVE_INFINITY ? undefined : after(timeout, () => this.terminate());
      this.#whenDrained ??= new Promise((resolve) => {
        this.#drained = resolve;
      });
      await this.#whenDrained;
      clearTimeout(deadline);
    }
    await closed;
  }

  terminate(): void {
    this.#close();
    this.#begun.terminate(this.#executor.name);
    this.#drained?.();
  }

  #begin(one: Undertaking): () => void {
    return this.#begun.begin(one, () => {
      if (this.#begun.none) this.#drained?.();
    });
  }

  /** What stands for an executor of the calling side is shared by all tasks of this thread, and is never closed for good. */
  #close(): void {
    this.#closed = isThread() && !isStandIn(this.#executor);
  }

  get #refuses(): boolean {
    return this.#closed && !this.#isCaller;
  }

  /** The calling code belongs to one of these calls. */
  get #isCaller(): boolean {
    for (let each = inside?.getStore(); each !== undefined; each = each.outer) if (each.calls === this) return true;
    return false;
  }
}

/** Made when first needed: hardly a program has such calls. */
let inside: AsyncLocalStorage<Inside> | undefined;
