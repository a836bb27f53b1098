import type { Case } from '../contest.js';
import { pools } from '../contestants.js';
import { keepInFlight } from '../in-flight.js';
import type { Pool } from '../peers/peer.js';
import { scenario } from '../scenario.js';

/** What services pass around, of 20 to 200 KiB. */
const shapes: Readonly<Record<string, unknown>> = {
  documents: each(500, (id) => ({ id, user: { name: `user ${id}`, city: `city ${id % 7}` }, tags: ['a', `b${id % 9}`] })),
  'a tree': tree(9),
  'a dictionary': Object.fromEntries(each(1_000, (id) => [`key ${id}`, id % 3 === 0 ? { id } : { id, more: [id, 'x'] }])),
  numbers: each(10_000, (id) => id),
  texts: each(2_000, (id) => `text ${id}`),
  'a Map': new Map(each(500, (id) => [`key ${id}`, { id }])),
};

export const carried = scenario<Pool>({
  name: 'shapes',
  title: 'What calls carry',
  about:
    'The same data there and back, one call after the other; and as the argument of 200 calls at once, which wait in the queue: here as they were at the call, elsewhere as they are when they are sent.',
  contestants: pools(),
  cases: Object.entries(shapes).flatMap(([name, value]) => [thereAndBack(name, value), atOnce(name, value)]),
  figures: [{ name: 'call', unit: 'µs', better: 'lower' }],
  targets: [],
});

function thereAndBack(name: string, value: unknown): Case<Pool> {
  return {
    name,
    sample: async (pool, effort) => ({ call: await took(1, 50 * effort, () => pool.run('identity', value)) }),
  };
}

function atOnce(name: string, value: unknown): Case<Pool> {
  return {
    name: `${name}, many at once`,
    sample: async (pool, effort) => {
      const calls = Math.ceil(200 * effort);
      return { call: await took(calls, calls, () => pool.run('ignore', value)) };
    },
  };
}

/** µs a call. */
async function took(most: number, calls: number, call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await keepInFlight(most, calls, call);
  return ((performance.now() - start) * 1_000) / calls;
}

function each<T>(count: number, make: (id: number) => T): T[] {
  return Array.from({ length: count }, (_, id) => make(id));
}

function tree(depth: number): object {
  const node = { type: `kind ${depth % 3}`, start: depth };
  return depth === 0 ? { ...node, value: 'leaf' } : { ...node, left: tree(depth - 1), right: tree(depth - 1) };
}
