import { expect, test } from 'vitest';
import { Patience } from '../../src/transport/patience.js';

test('what always comes at once is always waited for', () => {
  const patience = new Patience(2);
  for (let at = 0; at < 100; at++) {
    expect(patience.try(0)).toBe(true);
    patience.came(0.005);
  }
});

test('what never comes is waited for less and less, and still now and then', () => {
  const patience = new Patience(2);
  let waits = 0;
  for (let at = 0; at < 10_000; at++) {
    if (!patience.try(0)) continue;
    waits++;
    patience.missed();
  }
  expect(waits).toBeGreaterThan(100);
  expect(waits).toBeLessThan(400);
});

test('whoever sleeps through what would have come at once soon stays awake again', () => {
  const patience = new Patience(2);
  for (let at = 0; at < 1_000; at++) if (patience.try(0)) patience.missed();
  let slept = 0;
  while (!patience.try(0)) {
    slept++;
    patience.came(0.05);
  }
  expect(slept).toBeLessThan(10);
});

test('a long row of quick answers is worth waiting through one interruption, and not through a second', () => {
  const patience = new Patience(2);
  const short = patience.length;
  for (let at = 0; at < 5_000; at++) patience.came(0.005);
  expect(patience.length).toBeGreaterThan(10 * short);
  patience.came(patience.length);
  expect(patience.length).toBe(short);
});

test('calls that keep coming a millisecond apart are slept through', () => {
  const patience = new Patience(2);
  for (let at = 0; at < 5_000; at++) patience.came(0.005);
  let awake = 0;
  for (let at = 0; at < 1_000; at++) {
    if (patience.try(0)) awake += Math.min(1, patience.length);
    if (patience.length < 1) patience.missed();
    patience.came(1);
  }
  // Of 1,000 ms.
  expect(awake).toBeLessThan(20);
});

test('on a single core nobody stays awake', () => {
  expect(new Patience(1).try(0)).toBe(false);
});

test('a short row is not held up: what does not come is slept through at once', () => {
  const patience = new Patience(2);
  for (let at = 0; at < 60; at++) {
    if (!patience.try(at)) continue;
    expect(patience.insists(at)).toBe(false);
    patience.missed();
  }
});

test('in a long row it stays awake nevertheless, through a few ticks of the kernel, and again as soon as that has helped', () => {
  const patience = new Patience(2);
  const first = untilItInsists(patience, 0);
  expect(patience.insists(first + 19)).toBe(true);
  expect(patience.try(first + 19)).toBe(true);
  expect(patience.insists(first + 21)).toBe(false);
  patience.came(0.005);
  const second = untilItInsists(patience, first + 21);
  expect(second - first).toBeLessThan(200);
});

test('where that never helps, it is awake for one part in a hundred', () => {
  const patience = new Patience(2);
  const END = 100_000;
  let awake = 0;
  for (let now = untilItInsists(patience, 0); now < END; now = untilItInsists(patience, now + 20)) awake += 20;
  expect(awake).toBeGreaterThan(0);
  expect(awake).toBeLessThan(END / 50);
});

/** Nothing ever comes while it is awake: when it stays awake nevertheless. */
function untilItInsists(patience: Patience, from: number): number {
  for (let now = from; ; now += 0.1) {
    if (!patience.try(now)) continue;
    if (patience.insists(now)) return now;
    patience.missed();
  }
}
