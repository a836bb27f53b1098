import { setImmediate } from 'node:timers/promises';
import { Executor, partial } from 'run-in-executor';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

let warnings: (Error & { code?: string })[] = [];
const listener = (warning: Error): void => void warnings.push(warning);
beforeEach(() => {
  warnings = [];
  process.on('warning', listener);
});
afterEach(() => void process.off('warning', listener));

async function warningsOf(fn: () => unknown, calls = 12): Promise<string[]> {
  for (let i = 0; i < calls; i++) await executor.run(fn);
  await setImmediate();
  return warnings.filter(({ code }) => code === 'RUN_IN_EXECUTOR_LARGE_CAPTURE').map(({ message }) => message);
}

function measure(value: unknown): string {
  return typeof value;
}

const MEBIBYTES = 2 * 2 ** 20;

describe('a capture beyond 1 MiB is warned of once', () => {
  test.each<[string, unknown]>([
    ['a buffer', Buffer.alloc(MEBIBYTES)],
    ['a typed array', new Float64Array(MEBIBYTES / 8)],
    ['memory', new ArrayBuffer(MEBIBYTES)],
    ['a string', 'x'.repeat(MEBIBYTES)],
    ['numbers', Array.from({ length: MEBIBYTES / 8 }, (_, i) => i)],
    ['rows', Array.from({ length: 30_000 }, (_, i) => ({ id: i, name: `row number ${i}`, tags: ['a', 'b'] }))],
    ['a table', Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`key ${i}`, `a value of some length ${i}`]))],
    ['a Map', new Map(Array.from({ length: 50_000 }, (_, i) => [i, `a value of some length ${i}`]))],
    ['a Set', new Set(Array.from({ length: 50_000 }, (_, i) => `a value of some length ${i}`))],
    ['something deep', { a: { b: { c: Buffer.alloc(MEBIBYTES) } } }],
  ])('%s', async (_, captured) => {
    // A partial's site is the partial itself; the one arrow of this table would be warned of once for all rows.
    const [message, ...others] = await warningsOf(partial(measure, captured));
    expect(message).toMatch(/^measure captures its bound argument 1, about \d+\.\d MiB, which every call copies: keep it in a module/);
    expect(others).toEqual([]);
  });

  test('of a function that it captures', async () => {
    const table = Buffer.alloc(MEBIBYTES);
    const look = () => table.length;
    expect(await warningsOf(() => look())).toEqual([expect.stringContaining('captures table, about 2.0 MiB')]);
  });

  test('however often closures of its site are made anew', async () => {
    const table = Buffer.alloc(MEBIBYTES);
    for (let i = 0; i < 5; i++) await executor.run(() => table.length + i);
    expect(await warningsOf(() => 0, 1)).toHaveLength(1);
  });
});

describe('nothing is said', () => {
  test('of two calls', async () => {
    const table = Buffer.alloc(MEBIBYTES);
    expect(await warningsOf(() => table.length, 2)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['memory that is shared', new Uint8Array(new SharedArrayBuffer(MEBIBYTES))],
    ['a megabyte less', Buffer.alloc(2 ** 20 - 100)],
    ['many small things', Array.from({ length: 1_000 }, (_, i) => ({ id: i }))],
  ])('of %s', async (_, captured) => {
    expect(await warningsOf(partial(measure, captured))).toEqual([]);
  });
});
