import { type BenchmarkProgress, benchmarkPoolSizes } from 'run-in-executor/bench';
import { expect, test } from 'vitest';
import { MockMeasurer } from './mock-measurer.js';

const STEADY = { call: 8, computing: 1 };
const NOISY = { ...STEADY, noise: 0.5 };

test('rounds are interleaved, in an order that moves on, and end when every size is known well enough', async () => {
  const measurer = new MockMeasurer(STEADY);
  const { rounds, stopped } = await benchmarkPoolSizes(() => {}, [], { threads: [1, 2, 4], measurer });
  expect(measurer.order).toEqual([1, 2, 4, 2, 4, 1, 4, 1, 2, 1, 2, 4, 2, 4, 1]);
  expect({ rounds, stopped, closed: measurer.closed }).toEqual({ rounds: 5, stopped: 'precise', closed: true });
});

test('noise makes it go on until the time is used up', async () => {
  const { rounds, stopped, took, warnings } = await benchmarkPoolSizes(() => {}, [], {
    threads: [1, 2],
    maxTime: 20_000,
    measurer: new MockMeasurer(NOISY),
  });
  expect(stopped).toBe('time');
  expect(rounds).toBeGreaterThan(5);
  expect(took).toBeLessThan(22_000);
  expect(warnings.map(({ code }) => code)).toContain('noisy');
});

test('every size is measured once, however short the time', async () => {
  const { sizes, rounds } = await benchmarkPoolSizes(() => {}, [], { threads: [1, 2, 4], maxTime: 1, measurer: new MockMeasurer(STEADY) });
  expect(sizes.map(({ samples }) => samples.throughput.length)).toEqual([1, 1, 1]);
  expect(rounds).toBe(1);
});

test('an abort ends it with what there is', async () => {
  const controller = new AbortController();
  const { sizes, stopped, warnings } = await benchmarkPoolSizes(() => {}, [], {
    threads: [1, 2, 4],
    signal: controller.signal,
    onProgress: ({ phase, size }) => {
      if (phase === 'measuring' && size === 4) controller.abort();
    },
    measurer: new MockMeasurer(STEADY),
  });
  expect(sizes.map(({ threads }) => threads)).toEqual([1, 2]);
  expect(stopped).toBe('interrupted');
  expect(warnings[0]?.code).toBe('interrupted');
});

test('an abort before any pool had its turn rejects, and says so', async () => {
  const measurer = new MockMeasurer(STEADY);
  const benchmark = benchmarkPoolSizes(() => {}, [], { signal: AbortSignal.abort(), measurer });
  await expect(benchmark).rejects.toThrow('Cannot say anything yet: measuring was interrupted before any pool had its turn');
  expect(measurer.closed).toBe(true);
});

test('progress tells each phase, size and round, and how precise it is by then', async () => {
  const told: BenchmarkProgress[] = [];
  await benchmarkPoolSizes(() => {}, [], {
    threads: [1, 2],
    onProgress: (progress) => told.push(progress),
    measurer: new MockMeasurer(STEADY),
  });
  expect(told.map(({ phase, size, round }) => `${phase} ${size} ${round}`).slice(0, 7)).toEqual([
    'direct 0 1',
    'warm-up 1 1',
    'warm-up 2 1',
    'crossing 0 1',
    'measuring 1 1',
    'measuring 2 1',
    'measuring 2 2',
  ]);
  expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b));
  expect(told.at(-1)?.precision).toBe(0);
});

test.each([
  [{ threads: [] }, 'Cannot measure with this threads: it takes a list of whole numbers from 1 to 1024, received []'],
  [{ threads: [0] }, 'received [ 0 ]'],
  [{ concurrency: 1.5 }, 'Cannot measure with this concurrency: it takes a whole number from 1, received 1.5'],
  [{ rate: 0 }, 'Cannot measure with this rate: it takes calls a second, above 0, received 0'],
  [{ rate: 1, concurrency: 1 }, 'calls either arrive by themselves, or as others end; give one of the two'],
  [{ maxTime: -1 }, 'milliseconds above 0, received -1'],
  [{ precision: 5 }, 'a share above 0 and below 1, received 5'],
])('%j is refused, and says what is taken', async (options, message) => {
  await expect(benchmarkPoolSizes(() => {}, [], options)).rejects.toThrow(message);
});
