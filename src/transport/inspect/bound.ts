/** What `bind` tied together. */
import type { AnyFunction } from '../any-function.js';
import { internalsOf, liveValue } from './handover.js';
import { liveOf } from './live.js';
import type { RemoteObject } from './session.js';

interface BoundParts {
  readonly target: AnyFunction;
  readonly thisArg: unknown;
  readonly args: readonly unknown[];
}

/** Undefined if `fn` is not a bound function. */
export function boundParts(fn: AnyFunction): BoundParts | undefined {
  // Bound functions have no prototype and are called `bound …` unless someone renamed them: most functions need no look.
  if (Object.hasOwn(fn, 'prototype') || !looksNative(fn)) return undefined;
  const internals = internalsOf(fn);
  const target = internals.get('[[TargetFunction]]')?.objectId;
  if (target === undefined) return undefined;
  return {
    target: liveValue(target) as AnyFunction,
    thisArg: liveOf(internals.get('[[BoundThis]]')),
    args: liveArray(internals.get('[[BoundArgs]]')),
  };
}

function looksNative(fn: AnyFunction): boolean {
  return Function.prototype.toString.call(fn).endsWith('{ [native code] }');
}

function liveArray(remote: RemoteObject | undefined): readonly unknown[] {
  if (remote?.objectId === undefined) return [];
  return liveValue(
    remote.objectId,
    'function (exchange) { exchange.handed = Array.from({ length: this.length }, (_, i) => this[i]) }',
  ) as unknown[];
}
