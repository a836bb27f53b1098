/**
 * Functions that a thread can import by itself. Never evaluates a module to find out what a function is.
 */
import type { AnyFunction } from '../any-function.js';
import type { NamedFunction, ReferencedFunction } from '../protocol.js';
import { importedBySomeCaller } from './by-import.js';
import { inAnyRequired } from './commonjs.js';

/** Without the inspector: the callers' imports first, then whatever is required. A builtin that a caller imports comes back by its name. */
export function referenceOf(fn: AnyFunction): NamedFunction | ReferencedFunction | undefined {
  return importedBySomeCaller(fn) ?? inAnyRequired(fn);
}
