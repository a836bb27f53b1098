/**
 * A callback in a thread: a function that only tells that it was called.
 */
import type { AnyFunction } from '../any-function.js';
import { asCallback } from '../functions/callback.js';

export type Caller = (id: number, args: readonly unknown[]) => void;

/** The thread's way to the calling side; without one (before the first task) there is nobody to call. */
export function setCaller(caller: Caller): void {
  call = caller;
}

export function callbackTo(id: number, name: string): AnyFunction {
  const fn = (...args: unknown[]): void => call(id, args);
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  // For calls that the task makes by itself: these run here, and it is this very function that they call.
  return asCallback(fn);
}

let call: Caller = () => undefined;
