import { Executor } from 'run-in-executor';
import { expect, test } from 'vitest';

const same = (n: number) => n;

test('the calls of a flood run, and end, while it lasts: before the event loop has its next turn', async () => {
  await using executor = new Executor({ maxThreads: 2 });
  await Promise.all(Array.from({ length: 1_000 }, (_, n) => executor.run(same, n)));
  const { completed: before } = executor.stats();
  const results: Promise<number>[] = [];
  while (executor.stats().completed - before < 500 && results.length < 200_000) {
    for (let n = 0; n < 1_000; n++) results.push(executor.run(same, n));
  }
  expect(executor.stats().completed - before).toBeGreaterThanOrEqual(500);
  expect(await Promise.all(results)).toEqual(results.map((_, at) => at % 1_000));
});
