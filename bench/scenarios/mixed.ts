import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import { keepInFlight } from '../in-flight.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';
import { quantile } from '../statistics.js';

const CALLS = 2_000;
const [SHORTEST, LONGEST] = [20, 5_000];
const RARE = 200_000;

export const mixed = scenario<Pool>({
  name: 'mixed',
  title: 'Mixed run times',
  about:
    'One function whose calls take 20 µs to 5 ms (evenly by their logarithm), 16 in flight, so that nothing can be told from the function, after as many unmeasured; then the same with one call in 500 that takes 200 ms. Latencies are those of the short calls, from the call to its result.',
  contestants: pools(),
  // V8 compiles for a second or two of such a load, on the processors that the threads want; a service runs for longer.
  warmUp: 1,
  cases: [calls('20 µs to 5 ms', 0), calls('with a rare 200 ms', 500)],
  figures: [
    { name: 'rate', unit: 'calls a second', better: 'higher' },
    { name: 'p99', unit: 'ms', better: 'lower' },
    { name: 'max', unit: 'ms', better: 'lower' },
  ],
  targets: [
    { case: '20 µs to 5 ms', figure: 'rate', than: 'piscina', atLeast: 1.35 },
    { case: '20 µs to 5 ms', figure: 'p99', than: 'piscina', atLeast: 1.3 },
    { case: 'with a rare 200 ms', figure: 'p99', than: 'piscina', atLeast: 1 },
    { case: 'with a rare 200 ms', figure: 'max', than: 'piscina', atLeast: 1 },
  ],
});

function calls(name: string, rareEvery: number): Case<Pool> {
  return {
    name,
    sample: async (pool, effort) => {
      const random = numbers();
      const count = Math.max(300, CALLS * effort);
      const latencies: number[] = [];
      const start = performance.now();
      await keepInFlight(16, count, async (index) => {
        const rare = rareEvery > 0 && index % rareEvery === Math.min(100, rareEvery >> 1);
        const takes = SHORTEST * (LONGEST / SHORTEST) ** random();
        const asked = performance.now();
        await pool.run('spin', rare ? RARE : takes);
        if (!rare) latencies.push(performance.now() - asked);
      });
      return { rate: (count * 1_000) / (performance.now() - start), p99: quantile(latencies, 0.99), max: quantile(latencies, 1) };
    },
  };
}

/** The same row for everybody (Park and Miller's generator). */
function numbers(): () => number {
  let seed = 20_240_229;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}
