/** What may not be passed to a limit, and how each refusal reads: what it takes, then what came. */
import { notAFunction, nounOf } from '../errors.js';

/** @throws {TypeError | RangeError} TypeError if `limit` is no number, RangeError if none that limits */
export function checkedLimit(limit: number, of: string): number {
  if (typeof limit !== 'number') throw new TypeError(limitMessage(limit, of));
  if (limit >= 1 && (Number.isInteger(limit) || limit === Infinity)) return limit;
  throw new RangeError(limitMessage(limit, of));
}

/** Any object with the shape of a signal passes, as in Node itself: some come from another realm or a polyfill. */
export function checkedSignal(options: { signal?: AbortSignal | undefined } | undefined): AbortSignal | undefined {
  if (options !== undefined && (typeof options !== 'object' || options === null || Array.isArray(options)))
    throw new TypeError(`Cannot acquire a place with ${nounOf(options)}: options are needed, as { signal }`);
  const signal = options?.signal;
  if (signal === undefined || (typeof signal === 'object' && signal !== null && 'aborted' in signal)) return signal;
  throw new TypeError(`Cannot wait with this signal: an AbortSignal is needed, received ${nounOf(signal)}`);
}

export function checkFunction(fn: unknown, verb: 'run' | 'wrap' | 'tell keys by'): void {
  if (typeof fn !== 'function') throw notAFunction(verb, fn);
}

/**
 * Whether `wrap` is called as a standard decorator, with (method, context), or plainly: then false, and what else it was given is the caller's to check.
 *
 * One of `experimentalDecorators` would be called with (prototype, name, descriptor), and fail in ways hard to read.
 *
 * @throws TypeError for a legacy decorator, and for what is no method.
 */
export function decoratesMethod(context: unknown, decorator: string): context is ClassMethodDecoratorContext {
  if (typeof context === 'string' || typeof context === 'symbol') {
    throw new TypeError(
      `Cannot use ${decorator} as a legacy decorator: it is a standard (TC39) one; switch off "experimentalDecorators", or wrap the function by a call`,
    );
  }
  const kind = (context as { kind?: unknown } | null | undefined)?.kind;
  if (kind === undefined) return false;
  if (kind === 'method') return true;
  throw new TypeError(
    `Cannot use ${decorator} on what is no method: received a context of kind "${String(kind)}"; it decorates methods that return a promise`,
  );
}

function limitMessage(limit: unknown, of: string): string {
  const received =
    typeof limit === 'string' ? `the string ${JSON.stringify(limit)}` : typeof limit === 'number' ? String(limit) : nounOf(limit);
  return `Cannot limit ${of} like this: a whole number from 1 up, or Infinity, is needed, received ${received}`;
}
