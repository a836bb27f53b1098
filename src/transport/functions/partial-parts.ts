/**
 * What partials were made of, kept where this library can read it; what `bind` ties together only the inspector sees.
 */

import type { AnyFunction } from '../any-function.js';
import { inAllCopies } from '../own/all-copies.js';

export interface PartialParts {
  readonly target: AnyFunction;
  readonly thisArg: unknown;
  readonly args: readonly unknown[];
  /** `args` is one object of named arguments, which the thread matches: only there is the target loaded. */
  readonly isNamed: boolean;
}

export function partialParts(fn: AnyFunction): PartialParts | undefined {
  return partials.get(fn);
}

export function rememberParts(fn: AnyFunction, parts: PartialParts): void {
  partials.set(fn, parts);
}

const partials = inAllCopies('partials', () => new WeakMap<AnyFunction, PartialParts>());
