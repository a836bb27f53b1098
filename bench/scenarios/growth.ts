import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];

/** One that needs more than this for a call would need a minute for all of these, µs. */
const TOO_SLOW = 10;

export const growth = scenario<Pool>({
  name: 'growth',
  title: 'From 1,000 to 1,000,000 queued',
  about:
    'What a call of a function that does nothing costs, by how many were asked for at once. Whoever takes more than 10 µs is not asked for more than 10,000.',
  contestants: pools(),
  cases: SIZES.map((size) => queued(size)),
  figures: [{ name: 'call', unit: 'µs', better: 'lower' }],
  targets: [
    { case: named(1_000_000), figure: 'call', than: { case: named(1_000) }, atLeast: 1 / 1.3 },
    { case: named(1_000_000), figure: 'call', than: { case: named(10_000) }, atLeast: 1 / 1.3 },
  ],
  rounds: 3,
});

function queued(size: number): Case<Pool> {
  const slow = new Set<Pool>();
  return {
    name: named(size),
    sample: async (pool, effort) => {
      if (effort < 1 && size > 100_000) return {};
      if (size > 10_000 && (slow.has(pool) || (await burst(pool, 5_000)) > TOO_SLOW)) {
        slow.add(pool);
        return {};
      }
      // Small ones several times: 1,000 calls take a millisecond.
      const times = Math.max(1, 10_000 / size);
      await burst(pool, 1_000);
      let sum = 0;
      for (let i = 0; i < times; i++) sum += await burst(pool, size);
      return { call: sum / times };
    },
  };
}

async function burst(pool: Pool, size: number): Promise<number> {
  const start = performance.now();
  const results: Promise<unknown>[] = [];
  for (let i = 0; i < size; i++) results.push(pool.run('identity', 1));
  await Promise.all(results);
  return ((performance.now() - start) * 1_000) / size;
}

function named(size: number): string {
  return `${size.toLocaleString('en')} queued`;
}
