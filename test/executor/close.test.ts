import { setTimeout as sleep } from 'node:timers/promises';
import { Executor, InlineExecutor } from 'run-in-executor';
import { describe, expect, test } from 'vitest';

/** For as long as anybody waits. */
const wait = async function wait() {
  await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
};

describe.each([
  ['an Executor', Executor],
  ['an InlineExecutor', InlineExecutor],
])('%s', (_, Type) => {
  test.each<[string, (executor: Executor) => Promise<void>]>([
    ['terminate()', (executor) => executor.terminate()],
    ['close() with a timeout', (executor) => executor.close({ timeout: 20 })],
  ])('tells tasks that it took, running or waiting, that %s ended them', async (_name, end) => {
    const executor = new Type({ maxThreads: 1, name: 'short' });
    const tasks = [executor.run(wait), executor.run(wait)].map((task) => task.catch((error: unknown) => error));
    await sleep(50);
    await end(executor);
    const message = expect.stringContaining('short was terminated before wait had ended');
    expect(await Promise.all(tasks)).toMatchObject([
      { code: 'ERR_EXECUTOR_CLOSED', message },
      { code: 'ERR_EXECUTOR_CLOSED', message },
    ]);
  });

  test('tells tasks that come after close() that it takes none', async () => {
    const executor = new Type({ maxThreads: 1, name: 'over' });
    await executor.close();
    await expect(executor.run(wait)).rejects.toThrow('over is closed and takes no task: submit before close()');
  });
});
