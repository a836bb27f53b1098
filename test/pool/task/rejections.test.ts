import { setImmediate } from 'node:timers/promises';
import { Executor, ExecutorClosedError, sleepSync } from 'run-in-executor';
import { expect, test } from 'vitest';

const WAITING = 10_000;

const increment = (n: number) => n + 1;

function fill(executor: Executor, signal?: AbortSignal): Promise<PromiseSettledResult<unknown>[]> {
  const { run } = executor;
  void run(sleepSync, 2_000).catch(() => {});
  const call = signal === undefined ? run : run.with({ signal });
  return Promise.allSettled(Array.from({ length: WAITING }, (_, i) => call(increment, i)));
}

/** How often the event loop comes round until `all` have ended. */
async function turnsUntil(all: Promise<unknown>): Promise<number> {
  let ended = false;
  void all.then(() => {
    ended = true;
  });
  let turns = 0;
  for (; !ended; turns++) await setImmediate();
  return turns;
}

test.each([
  ['terminate()', (executor: Executor) => void executor.terminate()],
  ['close({ timeout: 0 })', (executor: Executor) => void executor.close({ timeout: 0 })],
])('%s of an executor with thousands of waiting calls lets the event loop breathe, and each error has its stack', async (_, end) => {
  const executor = new Executor({ maxThreads: 1 });
  await executor.run(increment, 1);
  const all = fill(executor);
  end(executor);
  expect(await turnsUntil(all)).toBeGreaterThan(5);
  for (const outcome of await all) {
    const { reason } = outcome as PromiseRejectedResult;
    if (!(reason instanceof ExecutorClosedError)) expect(reason).toBeInstanceOf(ExecutorClosedError);
  }
  const { reason } = (await all)[WAITING - 1] as PromiseRejectedResult;
  expect(reason.message).toContain('increment');
  // One that is written when it is read.
  expect(reason.stack).toMatch(/^ExecutorClosedError: .+\n {4}at [\s\S]+called through an executor by[\s\S]+at async Promise\.allSettled/);
  expect(structuredClone(reason).stack).toBe(reason.stack);
  reason.stack = 'another';
  expect(reason.stack).toBe('another');
});

test('a signal that thousands of waiting calls share lets the event loop breathe, and rejects in their order', async () => {
  await using executor = new Executor({ maxThreads: 1 });
  const controller = new AbortController();
  const order: number[] = [];
  void executor.run(sleepSync, 300);
  const call = executor.run.with({ signal: controller.signal });
  const all = Promise.all(Array.from({ length: WAITING }, (_, i) => call(increment, i).catch(() => order.push(i))));
  controller.abort();
  expect(await turnsUntil(all)).toBeGreaterThan(5);
  expect(order).toEqual(Array.from({ length: WAITING }, (_, i) => i));
});

test('terminate() resolves when all its calls have been rejected', async () => {
  const executor = new Executor({ maxThreads: 1 });
  let rejected = 0;
  for (let i = 0; i < WAITING; i++) executor.run(increment, i).catch(() => rejected++);
  await executor.terminate();
  await Promise.resolve();
  expect(rejected).toBe(WAITING);
});

test('an error whose stack nobody has read yet crosses to a thread with it', async () => {
  const executor = new Executor({ maxThreads: 1 });
  const calls = Array.from({ length: 200 }, (_, i) => executor.run(increment, i).catch((error: Error) => error));
  await executor.terminate();
  const last = (await Promise.all(calls)).at(-1) as Error;
  await using other = new Executor({ maxThreads: 1 });
  const stack = await other.run((error) => error.stack, last);
  expect(stack).toContain('ExecutorClosedError: ');
  expect(stack).toBe(last.stack);
});
