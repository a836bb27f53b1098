import { nounOf } from '../errors.js';
import { ownFunction } from '../transport/functions/own.js';

/**
 * Blocks this thread: Python's `time.sleep`. For examples, tests, and code that has to wait inside a synchronous function on an executor's thread;
 * on the main thread it stops the event loop.
 *
 * @param ms Milliseconds, 0 or more; fractions count.
 * @throws TypeError, RangeError for anything else.
 */
export function sleepSync(ms: number): void {
  if (typeof ms !== 'number') throw new TypeError(`Cannot sleep for ${nounOf(ms)}: sleepSync takes milliseconds, 0 or more`);
  if (!(ms >= 0)) throw new RangeError(`Cannot sleep for ${ms} ms: sleepSync takes 0 or more`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

ownFunction(sleepSync, 'sleepSync');
