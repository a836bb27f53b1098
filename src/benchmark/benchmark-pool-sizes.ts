/**
 * The front door: plan, measure in rounds, conclude.
 */
import type { Fn } from '../index.js';
import { conclude } from './conclude.js';
import { LiveMeasurer } from './live-measurer.js';
import { type ArgumentsMaker, type PoolSizeOptions, planned } from './options.js';
import type { PoolSizeResult } from './result.js';
import { measureRounds } from './rounds.js';

/**
 * How many threads does this function want, and is a thread worth its while at all? Measures it on pools of several sizes, beside
 * the plain call, in interleaved rounds, and answers with a size, the reason, and how sure that is.
 *
 * The plain call is measured too: it blocks this thread for as long as the function does.
 *
 * @param fn As for `runInExecutor`.
 * @param args Its arguments, the same for every call, or a function that makes those of each call.
 * @param options `threads` to measure, the load (`concurrency`, or the `rate` at which calls arrive), and when to be content (`precision`, `maxTime` in ms).
 * @returns Numbers of each size, a fitted curve, and the `answer`: plain data, the same as `--json` writes.
 * @throws TypeError, RangeError for options that cannot be; what the function throws; what `run` rejects with if it cannot cross.
 * @example
 * const { answer } = await benchmarkPoolSizes(digest, ['some text']);
 * console.log(answer.verdict, answer.threads, answer.reason);
 */
export async function benchmarkPoolSizes<F extends Fn>(
  fn: F,
  args: Parameters<F> | ArgumentsMaker<F>,
  options: PoolSizeOptions = {},
): Promise<PoolSizeResult> {
  const plan = planned(fn, args, options);
  const measurer = options.measurer ?? new LiveMeasurer(fn, args as readonly unknown[] | ArgumentsMaker, options.executor);
  try {
    const measured = await measureRounds(measurer, plan);
    return conclude(measured, plan, measurer.machine);
  } finally {
    await measurer.close();
  }
}
