import { Executor } from 'run-in-executor';
import { afterEach, expect, test, vi } from 'vitest';

const add = (a: number, b: number) => a + b;
const forEver = () => {
  for (;;);
};
function* count(to: number): Generator<number> {
  for (let i = 0; i < to; i++) yield i;
}

afterEach(() => void vi.useRealTimers());

test('calls settle, time out and end by Node’s own clock, whatever clock a test runner has put in its place', async () => {
  await using executor = new Executor({ maxThreads: 2 });
  expect(await executor.run(add, 1, 1)).toBe(2);
  vi.useFakeTimers({
    toFake: [
      'setTimeout',
      'clearTimeout',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'Date',
      'performance',
      'queueMicrotask',
    ],
  });
  for (let i = 0; i < 20; i++) expect(await executor.run(add, i, 1)).toBe(i + 1);
  const flood = Array.from({ length: 300 }, (_, i) => executor.run(add, i, 1));
  expect(await Promise.all(flood)).toEqual(flood.map((_, i) => i + 1));
  const seen = [];
  for await (const n of executor.stream(count, 100)) seen.push(await executor.run(add, n, 1));
  expect(seen).toEqual(seen.map((_, i) => i + 1));
  await expect(executor.run(() => process.exit(3))).rejects.toMatchObject({ exitCode: 3 });
  await expect(executor.run.with({ timeout: 50 })(forEver)).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
  expect(await executor.map((n: number) => n + 1, [1, 2, 3]).toArray()).toEqual([2, 3, 4]);
});
