import fc from 'fast-check';
import { Executor } from 'run-in-executor';
import { afterAll, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 2, name: 'mapping' });
afterAll(() => executor.close());

/** Items that a plan makes: numbers, or objects some of which take long; one of them may fail. */
interface Plan {
  count: number;
  kind: 'numbers' | 'strings' | 'objects';
  source: 'array' | 'set' | 'generator' | 'async generator';
  failAt: number | undefined;
  breakAt: number | undefined;
  chunkSize: number | 'auto';
  lookahead: number | undefined;
  ordered: boolean;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  count: fc.oneof(fc.nat(40), fc.nat(3_000)),
  kind: fc.constantFrom('numbers', 'strings', 'objects'),
  source: fc.constantFrom('array', 'set', 'generator', 'async generator'),
  failAt: fc.option(fc.nat(3_000), { nil: undefined, freq: 2 }),
  breakAt: fc.option(fc.nat(3_000), { nil: undefined, freq: 2 }),
  chunkSize: fc.oneof(fc.constant('auto' as const), fc.integer({ min: 1, max: 100 })),
  lookahead: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
  ordered: fc.boolean(),
});

type Item = number | string | { i: number; spin: number };

function run(item: Item): Item {
  if (item === -1) throw new Error('the item that fails');
  if (typeof item === 'object') {
    const until = performance.now() + item.spin;
    while (performance.now() < until);
  }
  return typeof item === 'number' ? 2 * item : item;
}

function itemOf(i: number, { kind, failAt }: Plan): Item {
  if (i === failAt) return -1;
  if (kind === 'numbers') return i;
  return kind === 'strings' ? `item ${i}` : { i, spin: i % 97 === 0 ? 2 : 0 };
}

function sourceOf(items: Item[], { source }: Plan): Iterable<Item> | AsyncIterable<Item> {
  if (source === 'array') return items;
  if (source === 'set') return new Set(items);
  return source === 'generator' ? items.values() : asynchronous(items);
}

async function* asynchronous(items: Item[]): AsyncGenerator<Item> {
  for (const [i, item] of items.entries()) {
    if (i % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    yield item;
  }
}

const { TIER } = process.env;

test('any map gives what a loop gives, or fails where the loop fails', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const { count, failAt, breakAt, chunkSize, lookahead, ordered } = plan;
      const items = Array.from({ length: count }, (_, i) => itemOf(i, plan));
      const fails = failAt !== undefined && failAt < count;
      const expected = items.slice(0, fails ? failAt : count).map(run);
      const got: Item[] = [];
      let failure: unknown;
      try {
        for await (const result of executor.map(run, sourceOf(items, plan), { chunkSize, lookahead, ordered })) {
          got.push(result);
          if (got.length - 1 === breakAt) break;
        }
      } catch (error) {
        failure = error;
      }
      if (ordered) expect(got).toEqual(expected.slice(0, breakAt === undefined ? count : breakAt + 1));
      expect(new Set(got.map((item) => JSON.stringify(item))).size).toBe(got.length);
      if (failure !== undefined) expect([fails, failure]).toEqual([true, new Error('the item that fails')]);
      else if (breakAt !== undefined && got.length === breakAt + 1) expect(got.length).toBeLessThanOrEqual(count);
      else expect([fails, got.length]).toEqual([false, count]);
      if (fails) await expect(executor.map(run, items, { chunkSize, lookahead })).rejects.toThrow('the item that fails');
      else await expect(executor.map(run, items, { chunkSize, lookahead })).resolves.toEqual(expected);
    }),
    { numRuns: TIER === 'full' ? 500 : 60 },
  );
  expect(executor.stats()).toMatchObject({ queued: 0 });
});
