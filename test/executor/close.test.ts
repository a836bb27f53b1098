import { setTimeout as sleep } from 'node:timers/promises';
import { Executor, InlineExecutor } from 'run-in-executor';
import { describe, expect, test } from 'vitest';
import { runText } from '../setup/programs.js';

/** For as long as anybody waits. */
const wait = async function wait() {
  await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
};

const double = function double(x: number) {
  return 2 * x;
};

const count = function* count(n: number) {
  for (let i = 0; i < n; i++) yield i;
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

  test('is closed when its threads have ended, whoever asks while it is being terminated', async () => {
    const executor = new Type({ maxThreads: 1 });
    await executor.run(double, 2);
    const terminated = executor.terminate();
    await executor.close();
    expect(executor.stats().threads.alive).toBe(0);
    await terminated;
  });

  test('tells tasks that come after close() that it takes none', async () => {
    const executor = new Type({ maxThreads: 1, name: 'over' });
    await executor.close();
    await expect(executor.run(wait)).rejects.toThrow('over is closed and takes no task: submit before close()');
  });

  test('finishes a map that has begun before it was closed, and refuses one that begins afterwards', async () => {
    const executor = new Type({ maxThreads: 1, name: 'mapping' });
    const begun = executor.map(double, Array(200).keys(), { chunkSize: 3 }).toArray();
    const late = executor.map(double, [1]);
    const closed = executor.close();
    expect(await begun).toEqual(Array.from({ length: 200 }, (_, i) => 2 * i));
    await expect(late).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
    await closed;
  });

  test('finishes a map whose consumer is slower than close()', async () => {
    const executor = new Type({ maxThreads: 1 });
    const order: unknown[] = [];
    let closed: Promise<unknown> | undefined;
    for await (const value of executor.map(double, [1, 2, 3, 4, 5], { chunkSize: 1, lookahead: 1 })) {
      closed ??= executor.close().then(() => order.push('closed'));
      await sleep(5);
      order.push(value);
    }
    await closed;
    expect(order).toEqual([2, 4, 6, 8, 10, 'closed']);
  });

  test('bounds a map that nobody consumes any more by the timeout of close()', async () => {
    const executor = new Type({ maxThreads: 1 });
    const results = executor.map(double, [1, 2, 3], { chunkSize: 1, lookahead: 1 })[Symbol.asyncIterator]();
    expect(await results.next()).toEqual({ done: false, value: 2 });
    await executor.close({ timeout: 20 });
    await expect(Promise.all([results.next(), results.next()])).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
  });

  test('finishes a stream that has begun', async () => {
    const executor = new Type({ maxThreads: 1 });
    const values: number[] = [];
    let closed: Promise<void> | undefined;
    for await (const value of executor.stream(count, 50)) {
      closed ??= executor.close();
      values.push(value);
    }
    await closed;
    expect(values).toHaveLength(50);
  });
});

describe('an executor that never ran anything', () => {
  const uncloneable = new WeakMap();
  const initializer = () => uncloneable.has({});

  test.each([
    ['close', (executor: Executor) => executor.close()],
    ['terminate', (executor: Executor) => executor.terminate()],
  ])('takes no notice of an initializer that cannot cross when it is ended by %s()', async (_name, end) => {
    const executor = new Executor({ initializer, maxThreads: 3, maxQueue: 0 });
    expect(executor.stats()).toMatchObject({ threads: { alive: 0, max: 3 }, queued: 0, running: 0 });
    executor.resize(2);
    await executor.ready();
    expect(executor.maxThreads).toBe(2);
    await end(executor);
    expect(executor.closed).toBe(true);
    await expect(executor.run(double, 1)).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
    await expect(executor.warmUp()).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
  });

  test('tells every task why its initializer cannot cross, and gives their places back', async () => {
    const executor = new Executor({ initializer, maxThreads: 1, maxQueue: 0 });
    for (let i = 0; i < 3; i++) await expect(executor.run(double, i)).rejects.toMatchObject({ code: 'ERR_FUNCTION_NOT_SENDABLE' });
    await expect(executor.warmUp()).rejects.toMatchObject({ code: 'ERR_FUNCTION_NOT_SENDABLE' });
    await executor.close();
  });

  test('tells who warms it up that no thread can start, and warms up once one can', async () => {
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const guarded = (words: Int32Array) => {
      if (Atomics.load(words, 0) === 0) throw new RangeError('not yet');
    };
    await using executor = new Executor({ initializer: guarded, initializerArgs: [gate], maxThreads: 2 });
    await expect(executor.warmUp()).rejects.toMatchObject({ code: 'ERR_INITIALIZER_FAILED', cause: { message: 'not yet' } });
    Atomics.store(gate, 0, 1);
    await executor.warmUp();
    expect(executor.stats().threads).toMatchObject({ alive: 2, failedStarts: 0 });
    expect(await executor.run(double, 2)).toBe(4);
  });

  test('loads no Piscina to be asked, resized and closed', async () => {
    const { stdout } = await runText(
      `import { createRequire } from 'node:module';
       import { Executor } from 'run-in-executor';
       const executor = new Executor();
       executor.stats();
       executor.resize(3);
       await executor.ready();
       await executor.close();
       console.log(Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('piscina')).length);`,
    );
    expect(stdout.trim()).toBe('0');
  });
});

test('close() does not wait for a map whose iterator was dropped half way', async () => {
  const program = `
    import { Executor } from 'run-in-executor';
    import { setTimeout as sleep } from 'node:timers/promises';
    const executor = new Executor({ maxThreads: 1 });
    await (async () => {
      const results = executor.map(Math.abs, [1, 2, 3], { chunkSize: 1, lookahead: 1 })[Symbol.asyncIterator]();
      console.log((await results.next()).value);
    })();
    let closed = false;
    executor.close().then(() => { closed = true; });
    while (!closed) { gc(); await sleep(1); }
    console.log('closed');`;
  expect(await runText(program, '--expose-gc')).toMatchObject({ exitCode: 0, stdout: '1\nclosed\n' });
});
