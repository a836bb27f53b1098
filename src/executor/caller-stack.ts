/**
 * Where a task was called from, for the lower half of its error's stack, at a price that a flood of calls can pay.
 *
 * Capturing a stack takes about 2 µs, as much as all the rest of a short call, and 25 where its code has been out of the processor's caches. So only as many
 * calls pay it as a share of the calling thread's time allows; an error of any other call gets what V8 still knows when its promise rejects: the async functions that await it.
 */

import { ExecutorError } from '../errors.js';
import type { CallerStack } from '../pool/task/settle.js';
import type { AnyFunction } from '../transport/any-function.js';
import { performance } from '../transport/own/own-globals.js';
import { isOwnFile } from '../transport/own/own-home.js';
import { stackOf } from '../transport/values/errors.js';

/** What stacks may take of the calling thread's time, as measured. */
const SHARE = 0.005;

/** How often the allowance is renewed, ms. */
const PERIOD = 50;

/** ms. At first as much as a short program needs, which has all its stacks. */
let left = 20;
let renewedAt = 0;

/** A holder of the stack as of now, or undefined where they have had their time. `below`: the function whose callers are wanted. */
export function captureCaller(below: AnyFunction): CallerStack | undefined {
  if (left <= 0 && performance.now() - renewedAt < PERIOD) return undefined;
  const start = performance.now();
  if (left <= 0) {
    renewedAt = start;
    left = SHARE * PERIOD;
  }
  const holder: CallerStack = {};
  Error.captureStackTrace(holder, below);
  left -= performance.now() - start;
  return holder;
}

/** A refusal of the call itself: its stack begins with the caller, who is to mend it, and not with this library. */
export function atCaller(error: unknown, below: AnyFunction): unknown {
  if (!(error instanceof ExecutorError)) return error;
  Error.captureStackTrace(error, below);
  const stack = stackOf(error);
  if (stack !== undefined) error.stack = ownFramesLeftOut(stack);
  return error;
}

function ownFramesLeftOut(stack: string): string {
  const lines = stack.split('\n');
  return lines.filter((line) => !isOwnFile(line)).join('\n');
}
