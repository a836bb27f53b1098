import { expect, test } from 'vitest';
import { Patience } from '../../../src/transport/shared-memory/patience.js';

test('what always comes at once is always waited for', () => {
  const patience = new Patience(2);
  for (let at = 0; at < 100; at++) {
    expect(patience.try()).toBe(true);
    patience.came(0.005);
  }
});

test('what never comes is waited for less and less, and still now and then', () => {
  const patience = new Patience(2);
  let waits = 0;
  for (let at = 0; at < 10_000; at++) {
    if (!patience.try()) continue;
    waits++;
    patience.missed();
  }
  expect(waits).toBeGreaterThan(100);
  expect(waits).toBeLessThan(400);
});

test('whoever sleeps through what would have come at once soon stays awake again', () => {
  const patience = new Patience(2);
  for (let at = 0; at < 1_000; at++) if (patience.try()) patience.missed();
  let slept = 0;
  while (!patience.try()) {
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
    if (patience.try()) awake += Math.min(1, patience.length);
    if (patience.length < 1) patience.missed();
    patience.came(1);
  }
  // Of 1,000 ms.
  expect(awake).toBeLessThan(20);
});

test('on a single core nobody stays awake', () => {
  expect(new Patience(1).try()).toBe(false);
});

test('is exhausted in a long row in which nothing came, and no more as soon as something comes', () => {
  const patience = new Patience(2);
  let row = 0;
  for (; !patience.exhausted; row++) if (patience.try()) patience.missed();
  expect(row).toBeGreaterThan(30);
  patience.came(0.005);
  expect(patience.exhausted).toBe(false);
});
