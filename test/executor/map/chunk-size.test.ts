import { expect, test } from 'vitest';
import { ChunkSize } from '../../../src/executor/map/chunk-size.js';

/** Of a function that takes no time at all. */
function grown(exchange: (size: ChunkSize, length: number) => void): number {
  const size = new ChunkSize({}, undefined);
  for (let chunk = 0; chunk < 8; chunk++) {
    const length = size.next(undefined, 2);
    exchange(size, length);
    size.took(length, length * 1e-6);
  }
  return size.next(undefined, 2);
}

const LONG = 'x'.repeat(65_536);

test('chunks of numbers grow to what arithmetic is worth', () => {
  expect(
    grown((size, length) => {
      size.sent(new Float64Array(length));
      size.came(new Float64Array(length));
    }),
  ).toBe(65_536);
});

test.each<[string, (size: ChunkSize, length: number) => void]>([
  ['long texts', (size, length) => size.sent(new Array(length).fill(LONG))],
  ['objects that hold them', (size, length) => size.sent(Array.from({ length }, () => ({ text: LONG })))],
  ['long texts that come back', (size, length) => size.came(new Array(length).fill(LONG))],
])('chunks of %s stay so small that the calling thread is not held up', (_, exchange) => {
  // At 60 GB a second.
  expect(grown(exchange)).toBeLessThan(1_000);
});

test('a size that is given stays', () => {
  const size = new ChunkSize({}, 3);
  size.sent([LONG, LONG, LONG]);
  size.took(3, 0);
  expect(size.next(100, 2)).toBe(3);
});
