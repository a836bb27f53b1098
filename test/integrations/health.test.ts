import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Executor, InlineExecutor, sleepSync } from 'run-in-executor';
import { probe, readiness } from 'run-in-executor/health';
import { expect, test } from 'vitest';

test('an executor that has nothing to do is ready', () => {
  const executor = new Executor({ name: 'pool' });
  expect(readiness(executor, { maxQueued: 0, maxWait: 0 })).toMatchObject({ ready: true, reasons: [], stats: { queued: 0 } });
});

test('one with more waiting than the limit is not ready, until it has worked that off', async () => {
  await using executor = new Executor({ name: 'pool', maxThreads: 1 });
  const words = new Int32Array(new SharedArrayBuffer(4));
  await executor.warmUp();
  const tasks = [1, 2, 3].map(() => executor.run(() => void Atomics.wait(words, 0, 0)));
  await expect.poll(() => executor.stats().running).toBe(1);
  expect(readiness(executor, { maxQueued: 2 }).ready).toBe(true);
  expect(readiness(executor, { maxQueued: 1 })).toMatchObject({ ready: false, reasons: ['2 tasks wait for pool, more than 1'] });
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  await Promise.all(tasks);
  expect(readiness(executor, { maxQueued: 1 }).ready).toBe(true);
});

test('one whose tasks wait too long is not ready', async () => {
  const executor = new InlineExecutor({ name: 'pool', maxThreads: 1 });
  await Promise.all([1, 2, 3].map(() => executor.run(sleepSync, 20)));
  expect(readiness(executor, { maxWait: 1 }).reasons).toEqual([expect.stringMatching(/^Tasks wait \d+ ms for pool, more than 1$/)]);
});

test('one that is closed is not ready', async () => {
  const executor = new Executor({ name: 'pool' });
  await executor.close();
  expect(readiness(executor)).toMatchObject({ ready: false, reasons: ['pool is closed'] });
});

test('one whose threads cannot start is not ready, and is again once one can, though nothing but /ready asks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-health-'));
  const database = join(folder, 'database');
  const open = (file: string) => void readFileSync(file);
  await using executor = new Executor({ name: 'pool', initializer: open, initializerArgs: [database] });
  expect(readiness(executor).ready).toBe(true);
  await expect(executor.warmUp()).rejects.toMatchObject({ code: 'ERR_INITIALIZER_FAILED' });
  await expect(executor.run(Math.abs, 1)).rejects.toMatchObject({ code: 'ERR_INITIALIZER_FAILED' });
  expect(readiness(executor)).toMatchObject({ ready: false, reasons: ['No thread of pool can start'] });
  writeFileSync(database, '');
  await expect.poll(() => readiness(executor).ready, { timeout: 10_000 }).toBe(true);
  expect(executor.stats().threads.failedStarts).toBe(0);
  rmSync(folder, { recursive: true });
});

test('a probe goes before all that waits, and tells of an initializer that fails', async () => {
  await using executor = new Executor({ maxThreads: 1 });
  await executor.warmUp();
  const order: string[] = [];
  const words = new Int32Array(new SharedArrayBuffer(4));
  const first = executor.run(() => void Atomics.wait(words, 0, 0));
  await expect.poll(() => executor.stats().running).toBe(1);
  const waiting = executor.run(Math.abs, -1).then(() => order.push('task'));
  const probed = probe(executor).then(() => order.push('probe'));
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  await Promise.all([first, waiting, probed]);
  expect(order).toEqual(['probe', 'task']);

  await using broken = new Executor({
    initializer: () => {
      throw new Error('no database');
    },
  });
  await expect(probe(broken)).rejects.toMatchObject({ code: 'ERR_INITIALIZER_FAILED' });
});

test('a probe that finds no thread in time says so', async () => {
  await using executor = new Executor({ maxThreads: 1 });
  const words = new Int32Array(new SharedArrayBuffer(4));
  const busy = executor.run(() => void Atomics.wait(words, 0, 0));
  await expect.poll(() => executor.stats().running).toBe(1);
  await expect(probe(executor, { timeout: 20 })).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  await busy;
});
