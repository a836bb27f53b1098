/**
 * How many threads are worth starting for what waits.
 */
import type { Dispatch } from '../dispatch/dispatch.js';

/** Expected run time in the queue that is worth starting one more thread, ms: about a tenth of what a start costs. */
const WORTH_A_THREAD = 2;

export function missingThreads({ lanes, queue, times, maxThreads }: Dispatch): number {
  const next = queue.peek();
  if (next === undefined) return 0;
  let coming = 0;
  let serving = false;
  for (const lane of lanes) {
    if (lane.state === 'starting') coming++;
    else if (lane.state === 'open' && !lane.stuck && lane.parked.size === 0 && lane.expected < WORTH_A_THREAD) serving = true;
  }
  const takes = times.expected(next.call.site) ?? Number.POSITIVE_INFINITY;
  if (serving && takes * queue.size < WORTH_A_THREAD) return 0;
  return Math.min(maxThreads - lanes.size, queue.size - coming);
}
