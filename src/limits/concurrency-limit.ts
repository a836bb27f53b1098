import { nounOf } from '../errors.js';
import type { Arguments } from './arguments.js';
import { checkedLimit, checkedSignal, checkFunction, decoratesMethod } from './checks.js';
import { onAbort } from './on-abort.js';
import type { ArgumentsOf, Overloaded, Overloads, Promising, ResultOf } from './overloads.js';
import { Place } from './place.js';
import { shownBy } from './shown.js';
import { WaitingLine } from './waiting-line.js';
import { wearing } from './wearing.js';

/**
 * At most `limit` calls at once, over all functions that it runs or wraps, first come, first served:
 * asyncio's `Semaphore`, Twisted's `DeferredSemaphore`.
 *
 * A place that comes free goes to the call that has waited longest, never to one that comes just then. However a call ends, its place
 * is given back. With or without room, a function starts a moment after `run` has returned (a microtask), never within it, so that calls start
 * in the order of asking and a program does not come to depend on finding room.
 *
 * A call that waits, inside the limit, for another call under the same limit keeps one place and needs a second:
 * once every place is held by such calls, all of them wait for ever, as with any semaphore. Give the inner work a limit of its own,
 * or do not await it inside. (This is not detected: whether a call that is waited for inside is *awaited* there cannot be seen, so a program
 * that only starts it, as a crawler does, would be refused; and to follow calls with an `AsyncLocalStorage` makes every `await`
 * of the program two to three times as dear on Node 20 and 22.) `acquire({ signal: AbortSignal.timeout(ms) })` bounds any wait.
 *
 * Every operation takes constant time, whatever waits.
 *
 * @example
 * const limit = new ConcurrencyLimit(3);
 * const bodies = await Promise.all(urls.map((url) => limit.run(fetchText, url)));
 */
export class ConcurrencyLimit {
  #limit: number;
  #running = 0;
  readonly #line = new WaitingLine<(place: Place) => void>();

  /**
   * @param limit How many may run at once: a whole number from 1 up, or Infinity.
   * @throws TypeError, RangeError for anything else.
   */
  constructor(limit: number) {
    this.#limit = checkedLimit(limit, 'concurrency');
    // Bound, since esbuild (and so tsx) calls the decorator `@limit.wrap` without its `this`.
    Object.defineProperty(this, 'wrap', { value: this.wrap.bind(this), writable: true, configurable: true });
  }

  /** How many may run at once. A higher one lets calls in at once; a lower one interrupts none. */
  get limit(): number {
    return this.#limit;
  }

  set limit(limit: number) {
    this.#limit = checkedLimit(limit, 'concurrency');
    this.#letIn();
  }

  /** Places taken now. */
  get running(): number {
    return this.#running;
  }

  /** Calls that wait for a place now. */
  get waiting(): number {
    return this.#line.size;
  }

  /**
   * A place, given back by `using`, or by its `[Symbol.dispose]()`; a second time gives nothing back.
   *
   * Aborting `signal` while waiting rejects with `signal.reason` and takes no place.
   *
   * @example
   * using place = await limit.acquire({ signal });
   */
  acquire(options?: { signal?: AbortSignal | undefined }): Promise<Disposable> {
    return new Promise((resolve, reject) => {
      const signal = checkedSignal(options);
      if (signal?.aborted) throw signal.reason;
      const place = this.#enter();
      if (place) resolve(place);
      else this.#waitInLine(resolve, reject, signal);
    });
  }

  /** `fn(...args)` under the limit. Never throws: what `fn` throws, and a `fn` that is no function, rejects. */
  run<F extends Fn, const G extends ArgumentsOf<Overloads<F>>>(fn: F, ...args: G): Promise<Awaited<ResultOf<Overloads<F>, G>>>;
  run<A extends Arguments, R>(fn: (this: void, ...args: A) => R, ...args: A): Promise<Awaited<R>>;
  run(fn: Fn, ...args: unknown[]): Promise<unknown> {
    return this.#run(fn, undefined, args);
  }

  /**
   * A function of the same name and length that does each of its calls under the limit.
   *
   * As a standard decorator of a method that returns a promise: `@limit.wrap`. All instances share the limit.
   */
  wrap<This, A extends unknown[], R>(
    method: (this: This, ...args: A) => Promise<R>,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: A) => Promise<R>>,
  ): (this: This, ...args: A) => Promise<R>;
  wrap<F extends Fn>(fn: Overloaded<F>): Promising<Overloads<F>>;
  wrap<A extends Arguments, R>(fn: (this: void, ...args: A) => R): (...args: A) => Promise<Awaited<R>>;
  wrap(fn: (...args: unknown[]) => unknown, ...more: unknown[]): (...args: unknown[]) => Promise<unknown> {
    if (more.length > 0 && !decoratesMethod(more[0], '@limit.wrap')) {
      throw new TypeError(`Cannot wrap with more than a function: received ${nounOf(more[0])} after it`);
    }
    checkFunction(fn, 'wrap');
    const run = (self: unknown, args: unknown[]) => this.#run(fn, self, args);
    return wearing(fn, function (this: unknown, ...args) {
      return run(this, args);
    });
  }

  async #run(fn: Fn, self: unknown, args: unknown[]): Promise<unknown> {
    checkFunction(fn, 'run');
    const place = await this.acquire();
    try {
      return await Reflect.apply(fn, self, args);
    } finally {
      place[Symbol.dispose]();
    }
  }

  // Whoever waits does so because all places are taken, so room means that nobody waits: nobody is overtaken here.
  #enter(): Place | undefined {
    if (this.#running >= this.#limit) return undefined;
    this.#running++;
    return new Place(this.#giveBack);
  }

  #waitInLine(resolve: (place: Place) => void, reject: (reason: unknown) => void, signal: AbortSignal | undefined): void {
    if (!signal) {
      this.#line.join(resolve);
      return;
    }
    const waiter = this.#line.join((place) => {
      stopWatching();
      resolve(place);
    });
    const stopWatching = onAbort(signal, (reason) => {
      this.#line.leave(waiter);
      reject(reason);
    });
  }

  readonly #giveBack = (): void => {
    this.#running--;
    this.#letIn();
  };

  #letIn(): void {
    while (this.#line.size > 0) {
      const place = this.#enter();
      if (!place) return;
      this.#line.next()?.(place);
    }
  }
}

shownBy(ConcurrencyLimit, ({ limit, running, waiting }) => ({ limit, running, waiting }));

type Fn = (this: void, ...args: Arguments) => unknown;
