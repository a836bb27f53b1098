/**
 * Memory is flat: so many tasks, aborts and thread deaths, measured ten times on the way. Whoever leaks, leaks more the longer it goes.
 *
 *   node --expose-gc test/model/memory.mjs                                 1,000,000 tasks, 100,000 aborts, 10,000 thread deaths
 *   node --expose-gc test/model/memory.mjs --tasks 20000 --aborts 2000 --deaths 60
 */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Executor } from 'run-in-executor';
import { echo, exit, hangInWait } from '../fixtures/faults/tasks.mjs';

const { values } = parseArgs({
  options: { tasks: { type: 'string' }, aborts: { type: 'string' }, deaths: { type: 'string' } },
});

const SAMPLES = 10;
/** The first samples see caches fill and code being compiled. */
const WARM = 3;
/** What the heap may grow by from the first warm sample to the last, MiB: V8's own, and the samples themselves. */
const HEAP = 2;
/** RSS goes up and down with threads that come and go; what leaks a KiB a task is a hundred times this at full length. MiB. */
const RSS = 48;
const MEBIBYTE = 2 ** 20;

const executor = new Executor({ maxThreads: 2 });
let violations = 0;

await measure('tasks', Number(values.tasks ?? 1_000_000), 2_000, async (count) => {
  await Promise.all(Array.from({ length: count }, (_, i) => executor.run(echo, i % 3 === 0 ? { i } : i)));
});

await measure('aborts', Number(values.aborts ?? 100_000), 500, async (count) => {
  const controller = new AbortController();
  const holding = new AbortController();
  const held = [1, 2].map(() =>
    executor.run
      .with({ signal: holding.signal })(hangInWait)
      .catch(() => undefined),
  );
  const shared = Array.from({ length: count - 2 }, (_, i) =>
    executor.run
      .with({ signal: controller.signal })(echo, { i })
      .catch(() => undefined),
  );
  await sleep(1);
  controller.abort();
  holding.abort();
  await Promise.all([...shared, ...held]);
});

await measure('thread deaths', Number(values.deaths ?? 10_000), 10, async (count) => {
  await Promise.allSettled(Array.from({ length: count }, () => executor.run(exit, 1)));
});

await executor.close();
console.log(`${violations} violations`);
process.exit(violations === 0 ? 0 : 1);

async function measure(what, total, atATime, run) {
  const samples = [];
  const start = performance.now();
  for (let sample = 0; sample < SAMPLES; sample++) {
    for (let left = Math.ceil(total / SAMPLES); left > 0; left -= atATime) await run(Math.min(left, atATime));
    samples.push(await look());
  }
  const [first, last] = [samples[WARM], samples.at(-1)];
  const lowest = (key, from, to) => Math.min(...samples.slice(from, to).map((sample) => sample[key]));
  const grown = {
    heap: last.heap - first.heap,
    // The lowest of each end: a peak is not a leak.
    rss: lowest('rss', -3) - lowest('rss', WARM, WARM + 3),
    descriptors: last.descriptors - first.descriptors,
    resources: last.resources - first.resources,
  };
  console.log(`${total} ${what} in ${((performance.now() - start) / 1_000).toFixed(0)} s`);
  for (const key of ['heap', 'rss', 'descriptors', 'resources'])
    console.log(`  ${key}: ${samples.map((sample) => round(sample[key])).join(' ')}`);
  const broken = [
    grown.heap > HEAP && `the heap grew by ${round(grown.heap)} MiB`,
    grown.rss > RSS && `RSS grew by ${round(grown.rss)} MiB`,
    grown.descriptors > 4 && `${grown.descriptors} file descriptors more`,
    grown.resources > 4 && `${grown.resources} active resources more`,
  ].filter(Boolean);
  violations += broken.length;
  for (const each of broken) console.log(`  VIOLATION: ${each}`);
}

async function look() {
  // Threads of the last tasks may still be on their way out; how many have come since is chance, and each holds four descriptors.
  await sleep(300);
  await executor.warmUp();
  for (let i = 0; i < 4; i++) {
    globalThis.gc();
    await sleep(5);
  }
  const { heapUsed, rss } = process.memoryUsage();
  return {
    heap: heapUsed / MEBIBYTE,
    rss: rss / MEBIBYTE,
    descriptors: descriptors(),
    resources: process.getActiveResourcesInfo().length,
  };
}

/** Where the system tells them. */
function descriptors() {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}

function round(number) {
  return Math.round(number * 10) / 10;
}
