/**
 * A closed loop: so many calls are always under way, and the next is made when one has ended.
 */
import { setMaxListeners } from 'node:events';
import { Bench } from 'tinybench';
import type { LoadRecord } from './load-record.js';
import type { LoadSlice } from './measurer.js';

export async function closedLoop(
  record: LoadRecord,
  concurrency: number,
  size: number,
  ms: number,
  signal: AbortSignal,
): Promise<LoadSlice> {
  // What waits when the slice ends is served as well, unless that would take long: many slow calls before few threads.
  const tooLong = (record.usual * concurrency) / size > ms;
  const run = tooLong ? record.run.with({ queueTimeout: ms }) : record.run;
  // One for each call under way.
  setMaxListeners(0, signal);
  const bench = new Bench({ concurrency: 'task', threshold: concurrency, iterations: 0, time: ms, warmup: false, throws: true, signal });
  await bench
    .add('load', () => record.make(run), { async: true })
    .run()
    .catch((error: unknown) => {
      // The function's own error, not what is said of several at once.
      throw record.failure === undefined ? error : record.failure.error;
    });
  return record.end();
}
