/**
 * functools.partial: a function with its first arguments bound, for any place that takes a function.
 */

import { notAFunction } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';
import { ownName } from '../functions/members.js';
import { isMatchedInThread, matchNamed } from '../functions/named.js';
import { ownFunction } from '../functions/own.js';
import { type PartialParts, partialParts, rememberParts } from '../functions/partial-parts.js';
import { partsAsCaptures, shaped } from './bound.js';

/** What is bound is read when the result is called, or sent: an object that changes in between is seen changed. */
export function partial(fn: AnyFunction, ...bound: unknown[]): AnyFunction {
  if (typeof fn !== 'function') throw notAFunction('bind arguments to', fn);
  return make({ target: fn, thisArg: undefined, args: bound, isNamed: false });
}

/** With named arguments bound. Throws NamedArgumentError at once if the names do not fit. */
partial.named = function named(fn: AnyFunction, args: Readonly<Record<string, unknown>>): AnyFunction {
  if (typeof fn !== 'function') throw notAFunction('bind arguments to', fn);
  const inThread = isMatchedInThread(fn);
  return make({ target: fn, thisArg: undefined, args: inThread ? [args] : matchNamed(fn, args), isNamed: inThread });
};

/** A method, and a `this` that is read when the result is sent: as `bind` makes it, but nobody needs the inspector to see into it. */
export function boundTo(thisArg: unknown, method: AnyFunction): AnyFunction {
  return make({ target: method, thisArg, args: [], isNamed: false });
}

export function describePartial(fn: AnyFunction): Described | undefined {
  const parts = partialParts(fn);
  if (parts === undefined) return undefined;
  const { target, thisArg, args, isNamed } = parts;
  return shaped(ownName(fn), () => partsAsCaptures(target, thisArg, args), { named: isNamed });
}

function make(parts: PartialParts): AnyFunction {
  const { target, thisArg, args } = parts;
  const bound = (...rest: unknown[]): unknown => Reflect.apply(target, thisArg, [...args, ...rest]);
  Object.defineProperty(bound, 'name', { value: ownName(target), configurable: true });
  rememberParts(bound, parts);
  return bound;
}

ownFunction(partial, 'partial');
