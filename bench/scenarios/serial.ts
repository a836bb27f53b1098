import { Bench } from 'tinybench';
import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';

const row = { id: 7, name: 'Ada', tags: ['a', 'b'], at: 1_700_000_000_000, nested: { ok: true } };

export const serial = scenario<Pool>({
  name: 'serial',
  title: 'Serial round trip',
  about: 'One call after the other, each awaited: the latency of a call on a pool that is warm. The argument comes back as the result.',
  contestants: pools(),
  cases: [
    roundTrip('number', 42),
    roundTrip('object', row),
    roundTrip('1 KiB string', 'x'.repeat(1_024)),
    roundTrip('64 KiB Buffer', Buffer.alloc(65_536, 1)),
  ],
  figures: [{ name: 'p50', unit: 'µs', better: 'lower' }],
  targets: ['number', 'object', '1 KiB string', '64 KiB Buffer'].flatMap((name) => [
    { case: name, figure: 'p50', than: 'piscina', atLeast: 1.4 },
    { case: name, figure: 'p50', than: 'best peer', atLeast: 1 },
  ]),
});

function roundTrip(name: string, argument: unknown): Case<Pool> {
  return {
    name,
    sample: async (pool, effort) => {
      const bench = new Bench({ time: 400 * effort, iterations: 64, warmupTime: 100 * effort, warmupIterations: 16, throws: true });
      bench.add(name, () => pool.run('identity', argument));
      const [task] = await bench.run();
      const result = task?.result;
      return { p50: result !== undefined && 'latency' in result ? result.latency.p50 * 1_000 : undefined };
    },
  };
}
