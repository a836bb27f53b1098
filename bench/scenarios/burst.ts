import { timed } from '../clocks.js';
import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import type { Pool, TaskName } from '../peers/peer.js';
import { scenario } from '../scenario.js';

const CALLS = 50_000;

export const burst = scenario<Pool>({
  name: 'burst',
  title: 'A burst of tiny calls',
  about: `${CALLS.toLocaleString('en')} separate calls at once, of a function that does nothing and of one that takes 5 µs: what a call costs in a flood, and how much of that is time of the calling thread, which is what a service feels. One such flood goes before, unmeasured.`,
  contestants: pools(),
  cases: [flood('identity', 'identity', 1), flood('5 µs', 'spin', 5)],
  warmUp: 1,
  figures: [
    { name: 'call', unit: 'µs', better: 'lower' },
    { name: 'cpu', unit: 'µs on the calling thread', better: 'lower' },
  ],
  targets: [
    { case: 'identity', figure: 'call', than: 'piscina', atLeast: 12 },
    { case: 'identity', figure: 'call', than: 'best peer', atLeast: 5 },
    { case: 'identity', figure: 'cpu', than: 'piscina', atLeast: 10 },
    { case: '5 µs', figure: 'call', than: 'piscina', atLeast: 4 },
  ],
});

function flood(name: string, task: TaskName, argument: number): Case<Pool> {
  return {
    name,
    sample: async (pool, effort) => {
      const calls = CALLS * effort;
      const { ms, cpu } = await timed(() => {
        const results: Promise<unknown>[] = [];
        for (let i = 0; i < calls; i++) results.push(pool.run(task, argument));
        return Promise.all(results);
      });
      return { call: (ms * 1_000) / calls, cpu: cpu === undefined ? undefined : cpu / calls };
    },
  };
}
