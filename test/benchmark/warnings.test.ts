import { benchmarkPoolSizes, type PoolSizeOptions, type WarningCode } from 'run-in-executor/bench';
import { expect, test } from 'vitest';
import { MockMeasurer, type Model } from './mock-measurer.js';

const FINE: Model = { call: 8, computing: 1 };
const EIGHT = [1, 2, 3, 4, 6, 8];

test('a steady function on a quiet machine is warned of nothing', async () => {
  expect(await warned(FINE, { threads: EIGHT, maxTime: 60_000 })).toEqual({});
});

const interrupted = () => {
  const controller = new AbortController();
  const onProgress: PoolSizeOptions['onProgress'] = ({ round }) => round === 2 && controller.abort();
  return { signal: controller.signal, onProgress };
};

test.each<[WarningCode, Model, PoolSizeOptions, string]>([
  ['interrupted', FINE, interrupted(), '--max-time 10'],
  ['too-short', { ...FINE, call: 0.01 }, {}, '--eval'],
  ['barely-worth-it', { ...FINE, call: 0.1 }, {}, '--args'],
  ['too-few-samples', { ...FINE, call: 2_000 }, {}, '--max-time 120'],
  ['noisy', { ...FINE, noise: 0.5 }, {}, '--max-time 120'],
  ['crowded', { ...FINE, slice: { processor: { computing: 8, queueing: 8 } } }, {}, '--max-time 120'],
  ['throttled', { ...FINE, slice: { throttled: 20 } }, {}, '--threads 1..4'],
  ['dropped', { ...FINE, slice: { dropped: 3 } }, {}, '--concurrency'],
  ['overloaded', FINE, { rate: 10_000 }, '--threads 1..16, or a lower --rate'],
  ['still-rising', FINE, { threads: [1, 2, 3] }, '--threads 1..6'],
  ['too-few-sizes', FINE, { threads: [1, 2, 8] }, '--threads 1..8'],
  ['poor-fit', { ...FINE, noise: 0.8 }, { threads: [1, 2, 3, 4, 5], maxTime: 1 }, '--threads'],
  ['late-caller', { ...FINE, slice: { loopDelay: 50 } }, {}, '--threads 3'],
  ['memory', { ...FINE, memory: 2 ** 30 }, { threads: EIGHT }, '--threads 1..5'],
])('%s is told, with what to try next', async (code, model, options, next) => {
  const warnings = await warned(model, options);
  expect(warnings[code]).toContain(next);
});

async function warned(model: Model, options: PoolSizeOptions): Promise<Partial<Record<WarningCode, string>>> {
  const { warnings } = await benchmarkPoolSizes(() => {}, [], { ...options, measurer: new MockMeasurer(model) });
  return Object.fromEntries(warnings.map(({ code, next }) => [code, next]));
}
