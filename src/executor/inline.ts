/**
 * A call on this very thread: what crosses is copied and checked as if it went to another.
 */
import { prepareCall } from '../transport/call.js';
import { callHere } from '../transport/here.js';
import type { Ways } from '../transport/functions/describe.js';

/** Rejects like a task: with what cannot cross, or with what the function throws. */
export async function runInline(fn: Function, args: readonly unknown[], ways: Ways): Promise<unknown> {
  return callHere(prepareCall(fn, args, ways));
}
