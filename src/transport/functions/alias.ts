/**
 * Functions that cross as others: what they do here (start a task, say) is not what they are to do in a thread.
 */
import type { AnyFunction } from '../any-function.js';

/** `fn` crosses as `other` does; returns `fn`. */
export function crossAs<F extends AnyFunction>(fn: F, other: AnyFunction): F {
  aliases.set(fn, other);
  return fn;
}

export function aliasOf(fn: AnyFunction): AnyFunction | undefined {
  return aliases.get(fn);
}

const aliases = new WeakMap<AnyFunction, AnyFunction>();
