import { runInExecutor } from 'run-in-executor';
import { describe, expect, test } from 'vitest';
import { areTwoScopes, isOneScope, markOneScope, markTwoScopes } from '../../../src/transport/closures/same-scope.js';

function counter(start = 0) {
  let n = start;
  return { up: () => ++n, down: () => --n, read: () => n };
}

function many() {
  let [a, b, c, d, e, f] = [0, 0, 0, 0, 0, 0];
  const ups = [() => ++a, () => ++b, () => ++c, () => ++d, () => ++e, () => ++f];
  return { ups, sum: () => a + b + c + d + e + f };
}

let ofModule = 0;
const up = (): number => ++ofModule;
const twice = (): number => (ofModule += 2);
const read = (): number => ofModule;

describe('a variable that functions of one call share', () => {
  test('is one variable for three of them, and for those of the next call', async () => {
    const { up: more, down, read: now } = counter();
    const all = () => [more(), more(), down(), now()];
    expect(await runInExecutor(all)).toEqual([1, 2, 1, 1]);
    expect(await runInExecutor(all)).toEqual([1, 2, 1, 1]);
    // Two that know of it already, and one that comes later.
    const other = counter(5);
    expect(await runInExecutor(() => [other.up(), other.read()])).toEqual([6, 6]);
    expect(await runInExecutor(() => [other.up(), other.read(), other.down()])).toEqual([6, 6, 5]);
  });

  test('of two counters at one count, each has its own', async () => {
    const [one, other] = [counter(), counter()];
    const both = () => [one.up(), one.up(), other.up(), one.read(), other.read()];
    expect(await runInExecutor(both)).toEqual([1, 2, 1, 2, 1]);
    expect(await runInExecutor(both)).toEqual([1, 2, 1, 2, 1]);
    one.up();
    expect(await runInExecutor(both)).toEqual([2, 3, 1, 3, 1]);
  });

  test('is shared with all the others around it', async () => {
    const { ups, sum } = many();
    expect(await runInExecutor(() => [...ups.map((each) => each()), sum()])).toEqual([1, 1, 1, 1, 1, 1, 6]);
  });

  test('is one for forty functions', async () => {
    let n = 0;
    const ups = Array.from({ length: 40 }, () => () => ++n);
    expect(await runInExecutor(() => ups.map((up) => up()).at(-1))).toBe(40);
  });

  test('is one where it stands at the top of a module', async () => {
    expect(await runInExecutor(() => [up(), twice(), read()])).toEqual([1, 3, 3]);
    expect(ofModule).toBe(0);
  });

  test('is told of a scope once, and with it of those around it', () => {
    const [a, b, c] = [() => 1, () => 2, () => 3];
    markTwoScopes(a, c, 3);
    markOneScope(a, b, 3);
    expect([3, 2, 1, 0].map((depth) => isOneScope(a, b, depth))).toEqual([true, true, true, true]);
    expect(isOneScope(a, b, 4)).toBe(false);
    expect(areTwoScopes(c, b, 3)).toBe(true);
    expect(isOneScope(b, c, 2)).toBe(false);
  });
});
