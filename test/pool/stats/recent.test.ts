import { expect, test } from 'vitest';
import { Histogram } from '../../../src/pool/stats/histogram.js';
import { Recent } from '../../../src/pool/stats/recent.js';

/** A round epoch time, so that buckets begin where the test says. */
const T = 1_700_000_000_000;
const MINUTE = 60_000;

test.each([0.0001, 0.0031, 0.02, 1, 7.77, 250, 65_000, 1_000_000])('a quantile of %d ms is right to 3 %', (ms) => {
  const histogram = new Histogram();
  for (let i = 0; i < 99; i++) histogram.record(ms);
  histogram.record(ms * 10);
  expect(Math.abs(histogram.quantile(0.5) - ms)).toBeLessThanOrEqual(Math.max(0.03 * ms, 0.000125));
});

test('mean, minimum and maximum are exact', () => {
  const recent = new Recent(T, 1);
  for (const ran of [1, 2, 6]) recent.record(T, T + 10, ran);
  expect(recent.runTime(T + 20)).toMatchObject({ count: 3, mean: 3, min: 1, max: 6 });
  expect(recent.waitTime(T + 20)).toMatchObject({ count: 3, mean: 10, min: 10, max: 10 });
});

test('quantiles are those of all that ended in the last minute', () => {
  const recent = new Recent(T, 1);
  for (let i = 1; i <= 1_000; i++) recent.record(T, T + i * 50, i);
  const { p50, p90, p99 } = recent.runTime(T + 50_000);
  expect([p50 / 500, p90 / 900, p99 / 990].every((ratio) => Math.abs(ratio - 1) < 0.04)).toBe(true);
});

test('what ended more than a minute ago counts no more', () => {
  const recent = new Recent(T, 1);
  recent.record(T, T, 100);
  recent.record(T, T + MINUTE, 5);
  expect(recent.runTime(T + MINUTE + 10)).toMatchObject({ count: 1, mean: 5 });
  expect(recent.runTime(T + 3 * MINUTE)).toMatchObject({ count: 0, mean: 0, min: 0, max: 0, p99: 0 });
});

test('utilization is busy time over the time that all threads had', () => {
  const recent = new Recent(T, 2);
  recent.record(T, T, 1_000);
  recent.record(T, T, 500);
  expect(recent.utilization(T + 1_000, [])).toBeCloseTo(0.75);
  expect(recent.utilization(T + 3_000, [])).toBeCloseTo(0.25);
});

test('utilization counts what still runs', () => {
  const recent = new Recent(T, 2);
  expect(recent.utilization(T + 10_000, [T, T + 5_000])).toBeCloseTo(0.75);
});

test('utilization counts of a long task only what lies within the minute', () => {
  const recent = new Recent(T, 1);
  recent.record(T, T, 2 * MINUTE);
  expect(recent.utilization(T + 2 * MINUTE + 1, [])).toBeCloseTo(1, 2);
  expect(recent.utilization(T + 2.5 * MINUTE, [])).toBeCloseTo(0.5, 1);
});

test('utilization knows how many threads there could be, and when', () => {
  const recent = new Recent(T, 1);
  recent.record(T, T, 10_000);
  recent.resized(T + 10_000, 3);
  expect(recent.utilization(T + 20_000, [])).toBeCloseTo(10 / 40);
});
