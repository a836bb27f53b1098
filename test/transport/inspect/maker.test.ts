import { runInExecutor } from 'run-in-executor';
import { expect, test } from 'vitest';
import { makerOf } from '../../../src/transport/inspect/maker.js';

const numeric = new Intl.Collator('de', { numeric: true });
const euros = new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' });

test('the object is found that an Intl function belongs to', () => {
  expect(makerOf(numeric.compare)?.owner).toBe(numeric);
  expect(makerOf(euros.format)?.owner).toBe(euros);
});

test('other functions without a name belong to none', () => {
  expect(makerOf((a: number, b: number) => a - b)).toBeUndefined();
});

test('a comparison and a format that were taken off their objects do the same on a thread', async () => {
  const { compare } = numeric;
  const { format } = euros;
  const sorted = (rows: string[]): string[] => rows.sort(compare).map((row) => format(Number(row)));
  expect(await runInExecutor(sorted, ['10', '9'])).toEqual([format(9), format(10)]);
  expect(await runInExecutor(compare, 'a10', 'a9')).toBe(1);
});
