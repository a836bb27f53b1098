/**
 * `run`, and the forms that hang on it. An executor lends it one function, `submit`; the rest is the same everywhere.
 */
import type { Arguments } from '../limits/arguments.js';
import type { ArgumentsOf, Overloaded, Overloads, Promising, ResultOf } from '../limits/overloads.js';
import type { AnyFunction } from '../transport/any-function.js';
import type { MapOptions, MapResult } from './map/map.js';
import { type NamedArguments, runNamed } from './named.js';
import type { Fn, Submit } from './submit.js';
import type { TaskOptions } from './task-options.js';
import { wrap } from './wrap.js';

type Result<F extends Fn> = Awaited<ReturnType<F>>;

/** Arguments are copied, and transfers detached, as of the call: what the caller changes afterwards is not seen by the task. */
export interface Run {
  /** Positional, overloads kept: `run(readFileSync, path, 'utf8')` is a `Promise<string>`. */
  <F extends Fn, const G extends ArgumentsOf<Overloads<F>>>(fn: F, ...args: G): Promise<Awaited<ResultOf<Overloads<F>, G>>>;
  /** Positional, generics kept. */
  <A extends Arguments, R>(fn: (this: void, ...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Positional: `run(fib, 40)`. */
  <F extends Fn>(fn: F, ...args: Parameters<F>): Promise<Result<F>>;
  /**
   * Named: `run.named(delayedPrint, { mes: '222', sec: 2 })`, matched to `fn`'s parameter names.
   * Rejects with NamedArgumentError, which lists what `fn` takes.
   */
  named<F extends Fn>(fn: F, args: NamedArguments<F>): Promise<Result<F>>;
  /** The same calls with options: `run.with({ signal, timeout: 500 })(fib, 40)`. Throws TypeError or RangeError for invalid options. */
  with(options: TaskOptions): Run;
  /** An async function of the same name and length that runs `fn` there. What `fn` captures is read when it is called. Throws TypeError for what is not a function. */
  wrap<F extends Fn>(fn: Overloaded<F>): Promising<Overloads<F>>;
  /** The same, generics kept. */
  wrap<A extends Arguments, R>(fn: (this: void, ...args: A) => R): (...args: A) => Promise<Awaited<R>>;
  /**
   * `fn` over all items: await it for an array in the order of `items`, or iterate it as results come. `fn` gets the item alone
   * (`items.entries()` serves the index). Leaving the loop stops all, and so does a failure: awaited for an array at once, iterated in order
   * after the results of the items before it.
   *
   * What `fn` captures is sent once to each thread, as of the call: what it changes there, later items on that thread may see.
   * Items are copied when they are sent, so a source must not reuse one object for all of them.
   *
   * Cost: that of one call for each chunk, which is 2 ms of work unless `chunkSize` says otherwise.
   */
  map<T, R>(fn: (this: void, item: T) => R, items: Iterable<T> | AsyncIterable<T>, options?: MapOptions): MapResult<Awaited<R>>;
  /**
   * What a (sync or async) generator function yields, pulled with back-pressure: 16 items ahead at first, 256 at most. Leaving the loop
   * stops it, waits for its `finally`, and throws what that threw, or what the generator did while it was ahead. What it awaits just
   * then may listen to `currentThread().signal`, which aborts, or come within 5 s; after that the loop is left without its `finally`.
   *
   * While its consumer is busy it lends its thread to other calls, and `timeout` does not count. It goes on where it was: what ends
   * that thread meanwhile ends it, too. One that is dropped half way is stopped when it is collected; keep to `break` or `return()`.
   */
  stream<A extends Arguments, T>(fn: (this: void, ...args: A) => Iterable<T> | AsyncIterable<T>, ...args: A): AsyncIterableIterator<T>;
}

/** The forms that are more than one call. Never throw. */
export interface ManyCalls {
  map(options: TaskOptions, fn: AnyFunction, items: unknown, mapOptions: MapOptions | undefined): MapResult<unknown>;
  stream(options: TaskOptions, fn: AnyFunction, args: readonly unknown[]): AsyncIterableIterator<unknown>;
}

export function makeRun(submit: Submit, many: ManyCalls, options: TaskOptions, check: (options: TaskOptions) => void): Run {
  const run = (fn: AnyFunction, ...args: unknown[]) => submit(fn, args, options);
  return Object.assign(run, {
    named: (fn: AnyFunction, args: object) => runNamed(submit, options, fn, args),
    with: (more: TaskOptions) => {
      check(more);
      return makeRun(submit, many, { ...options, ...more }, check);
    },
    wrap: (fn: Fn) => wrap(fn, (args, self) => submit(fn, args, options, self)),
    map: (fn: Fn, items: unknown, mapOptions?: MapOptions) => many.map(options, fn, items, mapOptions),
    stream: (fn: Fn, ...args: unknown[]) => many.stream(options, fn, args),
  }) as unknown as Run;
}
