import { ownCpuTime } from '../clocks.js';
import type { Case } from '../contest.js';
import { pools, THREADS } from '../contestants.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';

export const aborting = scenario<Pool>({
  name: 'aborting',
  title: 'Aborting what is queued',
  about:
    'Both threads are busy, so many calls wait behind them, each with an abort signal of its own, and all are aborted, the last first (a queue that is searched from its head is luckiest the other way round): µs of the calling thread for each, until its promise has settled.',
  contestants: pools('abort'),
  cases: [1_000, 10_000].map((size) => abort(size)),
  figures: [{ name: 'abort', unit: 'µs', better: 'lower' }],
  targets: [{ case: named(10_000), figure: 'abort', than: { case: named(1_000) }, atLeast: 1 / 1.3 }],
  rounds: 3,
});

function abort(size: number): Case<Pool> {
  return {
    name: named(size),
    sample: async (pool) => {
      const busy = Array.from({ length: THREADS }, () => pool.run('block', 400));
      const controllers = Array.from({ length: size }, () => new AbortController());
      const results = controllers.map(({ signal }) => pool.run('identity', 1, { signal }));
      const settled = Promise.allSettled(results);
      const start = ownCpuTime() ?? performance.now() * 1_000;
      for (const controller of controllers.reverse()) controller.abort();
      await settled;
      const took = (ownCpuTime() ?? performance.now() * 1_000) - start;
      await Promise.all(busy);
      return { abort: took / size };
    },
  };
}

function named(size: number): string {
  return `${size.toLocaleString('en')} queued`;
}
