/**
 * Functions and methods whose every call runs somewhere else.
 */
import { notAFunction } from '../errors.js';
import { wearing } from '../limits/wearing.js';
import type { AnyFunction } from '../transport/any-function.js';
import { crossAs } from '../transport/functions/alias.js';

/** An async function in the place of `fn`: `call` gets its arguments, and the `this` of a method. */
export function wrap(fn: AnyFunction, call: (args: unknown[], self: unknown) => Promise<unknown>): AnyFunction {
  if (typeof fn !== 'function') throw notAFunction('wrap', fn);
  const wrapped = wearing(fn, function (this: unknown, ...args: unknown[]) {
    return call(args, this);
  });
  // In a thread its calls would run at once, whatever executor they are meant for: there it needs none.
  return crossAs(wrapped, asynchronous(fn));
}

function asynchronous(fn: AnyFunction): AnyFunction {
  return async function (this: unknown, ...args: unknown[]) {
    return Reflect.apply(fn, this, args);
  };
}
