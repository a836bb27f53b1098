import { expect, test } from 'vitest';
import { bytes, count, counted, ms, share, times } from '../../src/benchmark/figures.js';
import { estimate, percentiles, relativeWidth, resamples, thinned } from '../../src/benchmark/statistics.js';

test('percentiles do not mind the order, nor nothing at all', () => {
  const shuffled = Array.from({ length: 100 }, (_, at) => ((at * 37) % 100) + 1);
  expect(percentiles(shuffled)).toEqual({ p50: 50.5, p90: expect.closeTo(90.1), p99: expect.closeTo(99.01) });
  expect(percentiles([])).toEqual({ p50: 0, p90: 0, p99: 0 });
});

test("the interval is Student's", () => {
  // 2.776 · sd / √5, sd = √2.5
  expect(estimate([1, 2, 3, 4, 5])).toEqual({ mean: 3, within: expect.closeTo(1.963, 3), count: 5 });
  expect(estimate([7])).toEqual({ mean: 7, within: null, count: 1 });
  expect(relativeWidth(estimate([7]))).toBe(Number.POSITIVE_INFINITY);
  expect(relativeWidth(estimate([4, 4, 4]))).toBe(0);
});

test('what is thinned is spread evenly', () => {
  expect(thinned([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
  expect(thinned([1, 2], 4)).toEqual([1, 2]);
});

test('resamples are the same each time, and even', () => {
  const drawn = resamples(4, 1_000);
  expect(drawn).toEqual(resamples(4, 1_000));
  const counts = [0, 1, 2, 3].map((round) => drawn.flat().filter((at) => at === round).length);
  for (const each of counts) expect(Math.abs(each - 1_000)).toBeLessThan(100);
});

test('figures have three digits, and a unit that fits', () => {
  expect([0, 0.0321, 0.12, 8.4, 12.34, 240.4, 1_500].map(ms)).toEqual([
    '0 ms',
    '32.1 µs',
    '0.12 ms',
    '8.4 ms',
    '12.3 ms',
    '240 ms',
    '1.5 s',
  ]);
  expect([0.5, 99.94, 12_345].map(count)).toEqual(['0.5', '99.9', '12,345']);
  expect([times(1.9), share(0.934)]).toEqual(['1.9 ×', '93 %']);
  expect([1, 900, 53.8 * 2 ** 10, 5.5 * 2 ** 20, 2 ** 31].map(bytes)).toEqual(['1 byte', '900 bytes', '53.8 KiB', '5.5 MiB', '2 GiB']);
  expect([counted(1, 'thread'), counted(1_200, 'task')]).toEqual(['1 thread', '1,200 tasks']);
});
