import { benchmarkPoolSizes, type PoolSizeOptions, type PoolSizeResult } from 'run-in-executor/bench';
import { describe, expect, test } from 'vitest';
import { MockMeasurer, type Model } from './mock-measurer.js';

const HASH: Model = { call: 8, computing: 1, cores: 4 };
const CONVERT: Model = { call: 50, computing: 0.05, cores: 4 };
const TRANSFORM: Model = { call: 1, computing: 1, crossing: [0.03, 2, 2] };

describe('a function that computes', () => {
  test('wants as many threads as there are processors', async () => {
    const { answer, sizes } = await measured(HASH);
    expect(sizes.map(({ threads }) => threads)).toEqual([1, 2, 3, 4, 6, 8]);
    expect(answer).toMatchObject({ verdict: 'cpu-bound', threads: 4, throughputKnee: 4, confidence: { level: 'high', share: 1 } });
    expect(answer.reason).toContain('this process may use 4 processors');
    expect(answer.reason).toContain('4 threads do 500 calls a second, 4 × the plain call');
    expect(answer.reason).toContain('Worth offloading above 50 µs; yours takes 8 ms.');
  });

  test('gets no more threads than the quota of its container has processors', async () => {
    const { answer } = await measured({ ...HASH, cores: 8, machine: { quota: 1.5, limit: 1.5 } }, { threads: [1, 2, 4, 8] });
    expect(answer.threads).toBe(2);
    expect(answer.reason).toContain('1.5 processors (of 8: the quota of its control group)');
  });

  test('that contends gets the size where more bring less than 5 %', async () => {
    const { answer, fit } = await measured({ ...HASH, cores: 64, sigma: 0.1, kappa: 0.02 }, { threads: [1, 2, 4, 6, 8, 16, 32] });
    expect(answer.threads).toBe(6);
    expect(fit?.sigma).toBeCloseTo(0.1, 6);
    expect(fit?.kappa).toBeCloseTo(0.02, 6);
    expect(fit?.lambda).toBeCloseTo(125, 4);
    expect(fit?.peak).toBeCloseTo(Math.sqrt(0.9 / 0.02), 4);
    expect(fit?.rSquared).toBeCloseTo(1, 8);
  });
});

test('a pool that is slower than the plain call says what it is good for', async () => {
  const { answer } = await measured({ ...HASH, cores: 1, machine: { limit: 0.8 } }, { threads: [1, 2] });
  expect(answer.reason).toMatch(/0\.\d+ × the plain call: what is won is an event loop that stays free, and no time\./);
});

describe('a function that blocks', () => {
  test('is measured far beyond the processors, and gets threads by how many calls wait at once', async () => {
    const { answer, sizes } = await measured({ ...CONVERT, sigma: 0.02, kappa: 0.001 });
    expect(sizes.map(({ threads }) => threads)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(answer).toMatchObject({ verdict: 'blocking', threads: 32 });
    expect(answer.reason).toContain('It waits 95 % of its time, so processors do not limit it');
    expect(answer.reason).toContain('100 a second take 5');
    expect(answer.reason).toContain('for 160 MiB of memory');
  });

  test('gets no pool that takes more than half of the memory', async () => {
    const { answer, warnings } = await measured({ ...CONVERT, memory: 512 * 2 ** 20 });
    expect(answer.threads).toBe(8);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'memory', next: '--threads 1..15' }));
  });
});

test('a function that computes for half of its time gets twice the processors', async () => {
  const { answer } = await measured({ call: 10, computing: 0.5, cores: 2 }, { threads: [1, 2, 3, 4, 6, 8] });
  expect(answer).toMatchObject({ verdict: 'mixed', threads: 4 });
});

test('a function that gives a promise and mostly waits holds nobody up, and needs no thread', async () => {
  const { answer } = await measured({ ...CONVERT, direct: { asynchronous: true } });
  expect(answer).toMatchObject({ verdict: 'asynchronous', threads: 0, confidence: { level: 'high' } });
  expect(answer.reason).toContain('waits for 95 % of its 50 ms without holding its caller up');
  expect((await measured({ ...HASH, direct: { asynchronous: true } })).answer).toMatchObject({ verdict: 'cpu-bound', threads: 4 });
});

test('a function whose copying costs more than its work is not worth offloading', async () => {
  const { answer, crossing } = await measured(TRANSFORM);
  expect(answer).toMatchObject({ verdict: 'not-worth-offloading', threads: 0, confidence: { level: 'high' } });
  expect(crossing).toEqual({ empty: 0.03, arguments: 2, result: 2, breakEven: expect.closeTo(4.03, 9) });
  expect(answer.reason).toContain('A call takes 1 ms, and getting it to a thread and back costs 4.03 ms');
});

test('at a rate of arrivals the smallest pool that keeps up, with nearly the shortest tail, is the answer', async () => {
  const { answer, fit, sizes } = await measured(HASH, { threads: [1, 2, 3, 4, 6, 8], rate: 300 });
  expect(sizes.map(({ overloaded }) => overloaded)).toEqual([true, true, false, false, false, false]);
  expect(answer.threads).toBe(3);
  expect(fit).toBeNull();
});

test('rounds that contradict each other lower the confidence', async () => {
  const sure = await measured(HASH, { maxTime: 60_000 });
  const unsure = await measured({ ...HASH, noise: 0.4, cores: 64, sigma: 0.2, kappa: 0.01 }, { threads: [4, 5, 6, 7, 8], maxTime: 60_000 });
  expect(unsure.answer.confidence.share).toBeLessThan(sure.answer.confidence.share);
});

async function measured(model: Model, options: PoolSizeOptions = {}): Promise<PoolSizeResult> {
  return benchmarkPoolSizes(() => {}, [], { ...options, measurer: new MockMeasurer(model) });
}
