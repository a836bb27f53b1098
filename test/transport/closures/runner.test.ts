/** What Vitest and its instruments make of a test's values: in place here, since this is run by Vitest. */
import { runInExecutor } from 'run-in-executor';
import { afterEach, expect, test, vi } from 'vitest';
import { kindOfThis, write, writeLater } from './runner-commonjs.cjs';
import { echo, halve } from './runner-mocked.js';

vi.mock('./runner-mocked.js', async (original) => ({
  ...(await original<typeof import('./runner-mocked.js')>()),
  halve: (n: number) => n / 2 + 1000,
}));

afterEach(() => {
  vi.useRealTimers();
});

test('a closure uses what vi.mock has put in place of an import', async () => {
  await expect(runInExecutor(() => halve(4) + echo('a').length)).resolves.toBe(1003);
});

// Vite makes all files strict, whatever they are on disk.
test('functions of CommonJS files are strict on a thread as they are here', async () => {
  expect([Reflect.apply(kindOfThis, undefined, []), await runInExecutor(kindOfThis)]).toEqual(['undefined', 'undefined']);
  for (const fn of [write, writeLater]) {
    await expect((async () => fn())()).rejects.toThrow(TypeError);
    await expect(runInExecutor(fn)).rejects.toThrow(TypeError);
  }
});

test('a date of the fake timers travels as the date that it shows', async () => {
  vi.useFakeTimers({ now: 5, toFake: ['Date'] });
  const captured = new Date();
  await expect(runInExecutor((given: Date) => [given.getTime(), captured.getTime()], new Date(6))).resolves.toEqual([6, 5]);
});
