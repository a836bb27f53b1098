import { eventLoopDelay } from '../clocks.js';
import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import { keepInFlight } from '../in-flight.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';

export const delay = scenario<Pool>({
  name: 'delay',
  title: "The caller's event loop under load",
  about:
    "How late the event loop of the calling thread comes to its timers while both threads have all they can do: 32 calls in flight. On a machine with as many processors as threads, part of it is the kernel's sharing out.",
  contestants: pools(),
  cases: [load('100 µs', 100), load('1 ms', 1_000)],
  figures: [
    { name: 'p99', unit: 'ms', better: 'lower' },
    { name: 'max', unit: 'ms', better: 'lower' },
  ],
  targets: [
    { case: '100 µs', figure: 'p99', than: 'piscina', atLeast: 2 },
    { case: '1 ms', figure: 'p99', than: 'piscina', atLeast: 2 },
  ],
});

function load(name: string, microseconds: number): Case<Pool> {
  return {
    name,
    sample: async (pool, effort) => {
      const { p99, max } = await eventLoopDelay(() =>
        keepInFlight(32, (1_000_000 / microseconds) * effort, () => pool.run('spin', microseconds)),
      );
      return { p99, max };
    },
  };
}
