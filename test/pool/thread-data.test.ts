import { runInExecutor } from 'run-in-executor';
import { expect, test } from 'vitest';

test('a module that takes workerData apart as it loads, as packages for the workers of the web do, loads on a thread', async () => {
  const start = (): string => {
    const { mode } = process.getBuiltinModule('node:worker_threads').workerData as { mode?: string };
    return mode ?? 'without a mode';
  };
  expect(await runInExecutor(start)).toBe('without a mode');
});
