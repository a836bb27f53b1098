/**
 * functools.partial: a function with its first arguments bound, for any place that takes a function.
 *
 * Unlike those of a bound function, which only the inspector sees into, its parts are kept where this library can read them.
 */
import type { Described } from '../described.js';
import { partsAsCaptures, shaped } from './bound.js';
import { isFromModule } from './from-module.js';
import { ownName } from './members.js';
import { matchNamed } from './named.js';

/** What a partial was made of. */
export interface PartialParts {
  readonly target: Function;
  readonly args: readonly unknown[];
  /** `args` holds one object of named arguments, which the thread matches: only there is the target loaded. */
  readonly named: boolean;
}

/** What is bound is read when the result is called, or sent: an object that changes in between is seen changed. */
export function partial(fn: Function, ...bound: unknown[]): Function {
  checkFunction(fn);
  return make({ target: fn, args: bound, named: false });
}

/** With named arguments bound. Throws NamedArgumentError at once if the names do not fit. */
partial.named = function named(fn: Function, args: Readonly<Record<string, unknown>>): () => unknown {
  checkFunction(fn);
  const parts = isFromModule(fn) ? { target: fn, args: [args], named: true } : { target: fn, args: matchNamed(fn, args), named: false };
  return make(parts) as () => unknown;
};

export function partialParts(fn: Function): PartialParts | undefined {
  return partials.get(fn);
}

export function describePartial(fn: Function): Described | undefined {
  const parts = partials.get(fn);
  if (parts === undefined) return undefined;
  const { target, args, named } = parts;
  return shaped(ownName(fn), () => partsAsCaptures(target, undefined, args), named || undefined);
}

function make(parts: PartialParts): Function {
  const { target, args } = parts;
  const bound = (...rest: unknown[]): unknown => Reflect.apply(target, undefined, [...args, ...rest]);
  Object.defineProperty(bound, 'name', { value: ownName(target), configurable: true });
  partials.set(bound, parts);
  return bound;
}

function checkFunction(fn: unknown): void {
  if (typeof fn !== 'function') throw new TypeError(`Cannot bind arguments to what is no function: received ${fn === null ? 'null' : typeof fn}`);
}

const partials = new WeakMap<Function, PartialParts>();
