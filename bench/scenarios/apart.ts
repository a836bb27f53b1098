import { pause } from '../clocks.js';
import { pools } from '../contestants.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';
import { median } from '../statistics.js';

export const apart = scenario<Pool>({
  name: 'apart',
  title: 'Calls 50 ms apart',
  about: 'One call every 50 ms, as in a program that offloads now and then: threads have gone to rest between them.',
  contestants: pools(),
  cases: [
    {
      name: '50 ms apart',
      sample: async (pool, effort) => {
        const took: number[] = [];
        for (let i = 0; i < Math.ceil(20 * effort); i++) {
          await pause(50);
          const start = performance.now();
          await pool.run('identity', i);
          took.push((performance.now() - start) * 1_000);
        }
        return { p50: median(took) };
      },
    },
  ],
  figures: [{ name: 'p50', unit: 'µs', better: 'lower' }],
  targets: [{ case: '50 ms apart', figure: 'p50', than: 'piscina', atLeast: 1 }],
});
