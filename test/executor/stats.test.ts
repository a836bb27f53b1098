import { Executor, sleepSync } from 'run-in-executor';
import { expect, test } from 'vitest';

const nothing = { count: 0, mean: 0, min: 0, max: 0, p50: 0, p90: 0, p99: 0 };

test('stats of an executor that has done nothing are zero', async () => {
  await using executor = new Executor({ maxThreads: 3 });
  expect(executor.stats()).toEqual({
    threads: { alive: 0, busy: 0, idle: 0, max: 3, failedStarts: 0 },
    queued: 0,
    running: 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
    waitTime: nothing,
    runTime: nothing,
    utilization: 0,
    functions: [],
  });
});

test('stats tell running from queued', async () => {
  await using executor = new Executor({ maxThreads: 2 });
  await executor.warmUp(block);
  const words = new Int32Array(new SharedArrayBuffer(4));
  const tasks = Array.from({ length: 5 }, () => executor.run(block, words));
  await expect.poll(() => executor.stats().running).toBe(2);
  expect(executor.stats()).toMatchObject({ threads: { alive: 2, busy: 2, idle: 0, max: 2 }, queued: 3, running: 2, completed: 0 });
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  await Promise.all(tasks);
  expect(executor.stats()).toMatchObject({ queued: 0, running: 0, completed: 5, waitTime: { count: 5 }, runTime: { count: 5 } });
});

test('stats tell how tasks ended', async () => {
  await using executor = new Executor({ maxThreads: 1 });
  await executor.run(() => 'fine');
  const fails = () => {
    throw new Error('deliberate');
  };
  await expect(executor.run(fails)).rejects.toThrow('deliberate');
  await expect(executor.run(() => process.exit(3))).rejects.toThrow('process.exit(3)');
  const waits = executor.run.with({ signal: AbortSignal.timeout(20) })(sleepSync, 60_000);
  await expect(waits).rejects.toThrow();
  expect(executor.stats()).toMatchObject({ completed: 1, failed: 2, cancelled: 1 });
});

test('stats tell how long tasks took, and how much of the threads they used', async () => {
  await using executor = new Executor({ maxThreads: 1 });
  await executor.run(sleepSync, 50);
  const { runTime, utilization } = executor.stats();
  expect(runTime.mean).toBeGreaterThanOrEqual(49);
  expect(runTime.p50).toBeGreaterThanOrEqual(47);
  expect(utilization).toBeGreaterThan(0);
  expect(utilization).toBeLessThanOrEqual(1);
});

test('stats count every task of a flood once', async () => {
  await using executor = new Executor({ maxThreads: 2 });
  await Promise.all(Array.from({ length: 5_000 }, (_, i) => executor.run(Math.abs, -i)));
  const { completed, runTime, waitTime, queued, running } = executor.stats();
  expect([completed, runTime.count, waitTime.count, queued, running]).toEqual([5_000, 5_000, 5_000, 0, 0]);
});

function block(words?: Int32Array): void {
  if (words !== undefined) Atomics.wait(words, 0, 0);
}
