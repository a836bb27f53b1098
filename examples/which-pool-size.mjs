/**
 * How many threads does each of these functions want, and is a thread worth its while at all?
 * `npx run-in-executor bench ./pool-size/workloads.mjs#hash --args '["secret"]'` asks the same from a terminal.
 */
import { benchmarkPoolSizes } from 'run-in-executor/bench';
import { second } from './parts/timeline.mjs';
import { convert, hash, rows, withTotals } from './pool-size/workloads.mjs';

const options = { threads: [1, 2, 4, 8], maxTime: 5 * second };

for (const [fn, args] of [
  [hash, ['secret']],
  [convert, [0.05]],
  [withTotals, [rows]],
]) {
  const { answer, warnings } = await benchmarkPoolSizes(fn, args, options);
  console.log(`${fn.name}: ${answer.verdict}, ${answer.threads} threads (${answer.confidence.level} confidence)\n  ${answer.reason}`);
  for (const { message, next } of warnings) console.log(`  ${message}; try ${next}`);
}
