import { expect, test } from 'vitest';
import { PumpSoon } from '../../../src/pool/queue/pump-soon.js';

test('the submits of a turn are looked at once, after it', async () => {
  let pumps = 0;
  const soon = new PumpSoon(() => pumps++);
  for (let at = 0; at < 10; at++) soon.submitted();
  expect(pumps).toBe(0);
  await Promise.resolve();
  expect(pumps).toBe(1);
  soon.submitted();
  await Promise.resolve();
  expect(pumps).toBe(2);
});

test('a flood of submits is looked at while it lasts', () => {
  let pumps = 0;
  const soon = new PumpSoon(() => pumps++);
  for (let at = 0; at < 1_000; at++) soon.submitted();
  expect(pumps).toBeGreaterThan(10);
  expect(pumps).toBeLessThan(20);
});
