/**
 * `callback()`: an argument that runs where it was made, whoever calls it.
 */

import { AsyncResource } from 'node:async_hooks';
import { notAFunction } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';
import { inAllCopies } from '../own/all-copies.js';
import { queueMicrotask } from '../own/own-globals.js';
import { numberFor } from './ids.js';
import { ownName } from './members.js';
import { ownFunction } from './own.js';

/**
 * An argument that runs on the calling thread when the task calls it: progress, logs. It may stand anywhere in the arguments, or in
 * a variable that the function captures.
 *
 * One way: in the task it returns undefined at once. In order, and all of it before the task's promise settles; what is called
 * after that (by a timer that the task left behind, by a task that was aborted) is dropped. It runs in the asynchronous context
 * (AsyncLocalStorage) in which it was made. What it is called with is copied like any argument, and refused like one, in the task.
 *
 * An error that `fn` throws, or a promise of its that rejects, is an error of the calling thread, as in an event listener:
 * 'uncaughtException' or 'unhandledRejection'. The task knows nothing of it.
 *
 * Cost: about 5 µs a call on each side, so report every hundredth step of a fast loop rather than each.
 *
 * @throws TypeError for what is not a function.
 * @example
 * await runInExecutor(resizeAll, files, callback((done) => bar.update(done)));
 */
export function callback<A extends unknown[]>(fn: (...args: A) => void): (...args: A) => void {
  if (typeof fn !== 'function') throw notAFunction('call back', fn);
  const bound = AsyncResource.bind(fn, 'RunInExecutorCallback', undefined);
  const marked = (...args: A): void => void bound(...args);
  Object.defineProperty(marked, 'name', { value: ownName(fn), configurable: true });
  return asCallback(marked);
}

/** Marks a function that is to stay where it is. */
export function asCallback<F extends AnyFunction>(fn: F): F {
  callbacks.add(fn);
  return fn;
}

/** Undefined for any other function. */
export function describeCallback(fn: AnyFunction): Described | undefined {
  if (!callbacks.has(fn)) return undefined;
  // Kept alive by the call: a closure may be all that knew it, and its variable may be set to something else meanwhile.
  return { ...numberFor(fn, { way: 'callback', name: ownName(fn) }), keeps: fn };
}

/** Calls it as an event listener is called: what it throws is nobody's but the process's. */
export function callListener(fn: AnyFunction, args: readonly unknown[]): void {
  try {
    Reflect.apply(fn, undefined, args);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

const callbacks = inAllCopies('callbacks', () => new WeakSet<AnyFunction>());

ownFunction(callback, 'callback');
