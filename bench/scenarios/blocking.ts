import { pools } from '../contestants.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';

const [CALLS, THREADS, BLOCKS] = [500, 50, 20];

export const blocking = scenario<Pool>({
  name: 'blocking',
  title: '500 blocking calls on 50 threads',
  about: `${CALLS} calls that each block for ${BLOCKS} ms without using the processor, on ${THREADS} warm threads. \`time\` is a multiple of the ideal, ${(CALLS / THREADS) * BLOCKS} ms.`,
  contestants: pools(undefined, THREADS).filter(({ name }) => !name.includes('tuned')),
  cases: [
    {
      name: '500 × 20 ms',
      sample: async (pool) => {
        const start = performance.now();
        await Promise.all(Array.from({ length: CALLS }, () => pool.run('block', BLOCKS)));
        return { time: (performance.now() - start) / ((CALLS / THREADS) * BLOCKS) };
      },
    },
  ],
  figures: [{ name: 'time', unit: '× the ideal', better: 'lower' }],
  targets: [{ case: '500 × 20 ms', figure: 'time', than: { limit: 1.1 }, atLeast: 1 }],
});
