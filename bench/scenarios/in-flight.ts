import { timed } from '../clocks.js';
import type { Case } from '../contest.js';
import { pools, THREADS } from '../contestants.js';
import { keepInFlight } from '../in-flight.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';

export const inFlight = scenario<Pool>({
  name: 'in-flight',
  title: '16 in flight',
  about:
    '16 calls at a time, one more for each that ends, after as many unmeasured. `rate` is the share of the ideal: what the threads would do if a call cost nothing but its own run time.',
  contestants: pools(),
  // V8 compiles for a second or two of such a load, on the processors that the threads want; a service runs for longer.
  warmUp: 1,
  cases: [load('100 µs', 100, 10_000), load('1 ms', 1_000, 1_000)],
  figures: [
    { name: 'rate', unit: 'share of the ideal', better: 'higher' },
    { name: 'cpu', unit: 'µs a call on the calling thread', better: 'lower' },
  ],
  targets: [
    { case: '100 µs', figure: 'rate', than: 'piscina', atLeast: 1.8 },
    { case: '1 ms', figure: 'rate', than: 'piscina', atLeast: 1.2 },
  ],
});

function load(name: string, microseconds: number, most: number): Case<Pool> {
  return {
    name,
    sample: async (pool, effort) => {
      const calls = most * effort;
      const { ms, cpu } = await timed(() => keepInFlight(16, calls, () => pool.run('spin', microseconds)));
      const ideal = (calls * microseconds) / 1_000 / THREADS;
      return { rate: ideal / ms, cpu: cpu === undefined ? undefined : cpu / calls };
    },
  };
}
