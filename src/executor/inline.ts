/**
 * A call on this very thread: what crosses is copied and checked as if it went to another.
 */
import type { AnyFunction } from '../transport/any-function.js';
import { prepareCall } from '../transport/call.js';
import type { Ways } from '../transport/functions/describe.js';
import { callHere } from '../transport/here.js';
import { threadState } from '../transport/thread-state.js';
import { inlineScope } from './inline-scope.js';

/** Calls that a task makes run on its own thread: no pools inside pools, and so no deadlock at any limit. */
export function isInTask(): boolean {
  return threadState() !== undefined || inlineScope() !== undefined;
}

/** Rejects like a task: with what cannot cross, or with what the function throws. */
export async function runInline(fn: AnyFunction, args: readonly unknown[], ways: Ways): Promise<unknown> {
  return callHere(prepareCall(fn, args, ways));
}
