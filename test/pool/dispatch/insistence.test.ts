import { expect, test } from 'vitest';
import { Insistence } from '../../../src/pool/dispatch/insistence.js';

test('lasts for a few ticks of the kernel, and begins again after a pause', () => {
  const insistence = new Insistence();
  expect(insistence.lasts(1_000)).toBe(false);
  expect(insistence.begin(1_000)).toBe(true);
  expect(insistence.lasts(1_019)).toBe(true);
  expect(insistence.lasts(1_021)).toBe(false);
  expect(insistence.begin(1_021)).toBe(false);
  expect(insistence.begin(1_071)).toBe(true);
});

test('where it never helps, it takes one part in fifty at most', () => {
  expect(awakeFor(new Insistence(), 100_000)).toBeLessThan(2_000);
});

test('where it helps, it does not wait for long the next time', () => {
  const insistence = new Insistence();
  awakeFor(insistence, 10_000);
  for (let answers = 0; answers < 2_000; answers++) insistence.helped();
  insistence.begin(20_000);
  expect(insistence.begin(20_100)).toBe(true);
});

test('an answer that comes at once now and then is no reason to try more often', () => {
  const insistence = new Insistence();
  awakeFor(insistence, 10_000);
  for (let answers = 0; answers < 20; answers++) insistence.helped();
  insistence.begin(20_000);
  expect(insistence.begin(20_100)).toBe(false);
});

/** Until then, ms: how long it lasted, asked at each ms. */
function awakeFor(insistence: Insistence, end: number): number {
  let awake = 0;
  for (let now = 0; now < end; now++) if (insistence.lasts(now) || insistence.begin(now)) awake++;
  return awake;
}
