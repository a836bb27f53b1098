/**
 * Real runs, judged by order: which of two numbers is larger, never by how much.
 */
import { benchmarkPoolSizes, type PoolSizeResult } from 'run-in-executor/bench';
import { expect, test } from 'vitest';
import { convert, hash, rows, withTotals } from '../../examples/pool-size/workloads.mjs';

const OPTIONS = { threads: [1, 4], maxTime: 1_500 };

test('a function that computes is told from the others, and gets no more threads than processors', async () => {
  const { answer, direct, crossing, machine } = await benchmarkPoolSizes(hash, ['secret'], OPTIONS);
  expect(answer.verdict).toBe('cpu-bound');
  expect(answer.threads).toBeLessThanOrEqual(Math.max(1, machine.limit));
  expect(direct.latency.p50).toBeGreaterThan(crossing.breakEven);
});

test('a function that waits for another program is told from the others, and four threads do more than one', async () => {
  const result = await benchmarkPoolSizes(convert, [0.05], OPTIONS);
  expect(result.answer).toMatchObject({ verdict: 'blocking', threads: 4 });
  expect(throughput(result, 4)).toBeGreaterThan(throughput(result, 1));
  for (const { spent } of result.sizes) expect(spent?.blocked).toBeGreaterThan(spent?.computing ?? 0);
});

test('a function whose copying costs more than its work is not worth offloading', async () => {
  const { answer, direct, crossing, sizes } = await benchmarkPoolSizes(withTotals, [rows], OPTIONS);
  expect(answer).toMatchObject({ verdict: 'not-worth-offloading', threads: 0 });
  expect(crossing.arguments + crossing.result).toBeGreaterThan(direct.latency.p50);
  for (const { speedUp } of sizes) expect(speedUp).toBeLessThan(1);
});

test('arrivals that no pool can serve are told, those that it can are served', async () => {
  const options = { ...OPTIONS, threads: [1], maxTime: 400 };
  const swamped = await benchmarkPoolSizes(convert, [0.02], { ...options, rate: 1_000 });
  expect(swamped.warnings.map(({ code }) => code)).toContain('overloaded');
  const idle = await benchmarkPoolSizes(convert, [0.02], { ...options, rate: 5 });
  expect(idle.sizes.map(({ overloaded }) => overloaded)).toEqual([false]);
});

test('each call gets arguments of its own where a function makes them', async () => {
  const seen: number[] = [];
  const args = (call: number): [number] => {
    seen.push(call);
    return [call];
  };
  await benchmarkPoolSizes((n: number) => n, args, { threads: [1], maxTime: 50 });
  expect(seen.length).toBeGreaterThan(10);
  expect(seen).toEqual(seen.map((_, at) => at));
});

test.each([
  [
    'here',
    () => () => {
      throw new RangeError('odd');
    },
  ],
  [
    'on a thread',
    () => async () => {
      const { isMainThread } = await import('node:worker_threads');
      if (!isMainThread) throw new RangeError('odd');
    },
  ],
])('what the function throws %s ends the benchmark', async (_, make) => {
  await expect(benchmarkPoolSizes(make(), [], { threads: [1], maxTime: 50 })).rejects.toThrow('odd');
});

test('progress comes while it measures, and an abort ends it soon', async () => {
  const controller = new AbortController();
  const result = await benchmarkPoolSizes(convert, [0.02], {
    threads: [1, 2],
    maxTime: 600_000,
    signal: controller.signal,
    onProgress: ({ round }) => round === 2 && controller.abort(),
  });
  expect(result.stopped).toBe('interrupted');
});

function throughput({ sizes }: PoolSizeResult, wanted: number): number {
  return sizes.find(({ threads }) => threads === wanted)?.throughput.mean ?? 0;
}
