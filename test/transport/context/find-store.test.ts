/** Here, in Vitest, modules are others than the ones that threads load: no identity tells which of them exports a store. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { currentThread, Executor } from 'run-in-executor';
import { expect, test } from 'vitest';
import { lonely } from '../../fixtures/context/lonely.mjs';

test('the one store that a file imports is known by its import', async () => {
  await using executor = new Executor({ maxThreads: 1, context: [lonely] });
  expect(await lonely.run('alone', () => executor.run(() => lonely.getStore()))).toBe('alone');
});

test('a store of the test file itself follows where a function names it', async () => {
  const store = new AsyncLocalStorage<number>();
  await using executor = new Executor({ maxThreads: 1, context: [() => store] });
  expect(await store.run(1, () => executor.run(() => store.getStore()))).toBe(1);
  expect(await executor.run(() => store.getStore())).toBeUndefined();
});

test('a function that returns no store there is refused in the thread', async () => {
  const store = new AsyncLocalStorage<number>();
  await using executor = new Executor({ maxThreads: 1, context: [() => (currentThread() === undefined ? store : undefined) as never] });
  await expect(store.run(1, () => executor.run(() => 1))).rejects.toThrow(/store 0 of the executor's context/);
});
