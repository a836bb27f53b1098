import { Executor, runInExecutor } from 'run-in-executor';
import { expect, test } from 'vitest';

test.each([
  ['the default executor', runInExecutor],
  ['an executor', new Executor({ maxThreads: 1 }).run],
])('a call that %s refuses points at its caller, with no frame of the library before', async (_, run) => {
  const error = await run((value: object) => value, { deep: [new WeakMap()] }).catch((reason: Error) => reason);
  expect((error as Error).stack?.split('\n')[1]).toContain('caller-stack.test.ts');
});
