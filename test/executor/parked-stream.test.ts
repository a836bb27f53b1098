import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentThread, Executor, InlineExecutor } from 'run-in-executor';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runText } from '../setup/programs.js';

/** More than a thread may be ahead at first: whoever takes none of it parks its generator. */
const MANY = 100;

function* count(to: number, words?: Int32Array): Generator<number, string> {
  try {
    for (let i = 0; i < to; i++) yield i;
    return 'counted';
  } finally {
    if (words !== undefined) Atomics.add(words, 0, 1);
  }
}

const double = (n: number) => 2 * n;
const threadOf = () => currentThread()?.id;
const exit = () => process.exit(3);
const shared = () => new Int32Array(new SharedArrayBuffer(16));

function made(Type: typeof Executor, options: ConstructorParameters<typeof Executor>[0]): Executor {
  const executor = new Type(options);
  onTestFinished(() => executor.terminate());
  return executor;
}

/** A stream whose generator waits for its consumer. */
async function parked<T>(executor: Executor, items: AsyncIterableIterator<T>): Promise<AsyncIterableIterator<T>> {
  await items.next();
  await untilParked(executor);
  return items;
}

/** What was taken lets its generator go on a little, which it does as a waiting call at first. */
async function untilParked(executor: Executor): Promise<void> {
  for (let stats = executor.stats(); stats.running + stats.queued > 0; stats = executor.stats()) await sleep(1);
}

describe.each([
  ['an Executor', Executor],
  ['an InlineExecutor', InlineExecutor],
])('while a stream of %s waits for its consumer', (_, Type) => {
  test('its thread runs other calls, at a limit of 1 too', async () => {
    const executor = made(Type, { maxThreads: 1 });
    const results: number[] = [];
    for await (const n of executor.stream(count, MANY)) results.push(await executor.run(double, n));
    expect(results).toEqual(Array.from({ length: MANY }, (_each, i) => 2 * i));
  });

  test('any number of others take turns with it', async () => {
    const executor = made(Type, { maxThreads: 1 });
    const streams = Array.from({ length: 20 }, () => executor.stream(count, MANY));
    const seen = streams.map(() => 0);
    for (let turn = 0; turn < MANY; turn++) {
      for (const [i, items] of streams.entries()) {
        expect(await items.next()).toEqual({ done: false, value: turn });
        seen[i] = (seen[i] ?? 0) + 1;
      }
    }
    for (const items of streams) expect(await items.next()).toEqual({ done: true, value: 'counted' });
    expect(seen).toEqual(streams.map(() => MANY));
  });

  test('it counts neither as running nor as queued, and its place in the queue is free', async () => {
    const executor = made(Type, { maxThreads: 1, maxQueue: 0 });
    const items = await parked(executor, executor.stream(count, MANY));
    expect(executor.stats()).toMatchObject({ running: 0, queued: 0 });
    expect(await executor.run(double, 4)).toBe(8);
    await items.return?.();
    expect(executor.stats()).toMatchObject({ running: 0, queued: 0, completed: 2 });
  });

  test('leaving its loop runs its finally, in its turn', async () => {
    const executor = made(Type, { maxThreads: 1 });
    const words = shared();
    const items = await parked(executor, executor.stream(count, MANY, words));
    await Promise.all([executor.run(sleep, 5), items.return?.()]);
    expect(words[0]).toBe(1);
  });

  test('aborting it rejects at once, runs its finally, and harms no other call on its thread', async () => {
    const executor = made(Type, { maxThreads: 1 });
    const words = shared();
    const controller = new AbortController();
    const items = await parked(executor, executor.run.with({ signal: controller.signal }).stream(count, MANY, words));
    const thread = await executor.run(threadOf);
    const beside = executor.run(sleep, 30, 'slept');
    await sleep(5);
    controller.abort(new Error('not any more'));
    await expect(items.next()).rejects.toThrow('not any more');
    expect(await beside).toBe('slept');
    await executor.close();
    expect(words[0]).toBe(1);
    expect(thread).toBeDefined();
  });

  test('close() lets it finish', async () => {
    const executor = made(Type, { maxThreads: 1 });
    const items = await parked(executor, executor.stream(count, MANY));
    const closed = executor.close();
    let seen = 1;
    for await (const n of items) expect(n).toBe(seen++);
    await closed;
    expect(seen).toBe(MANY);
  });

  test('close() with a timeout ends it', async () => {
    const executor = made(Type, { maxThreads: 1 });
    const items = await parked(executor, executor.stream(count, MANY));
    await executor.close({ timeout: 20 });
    await expect(
      (async () => {
        for await (const _n of items);
      })(),
    ).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
  });

  test('its timeout does not run', async () => {
    const executor = made(Type, { maxThreads: 1 });
    let seen = 0;
    for await (const _n of executor.run.with({ timeout: 500 }).stream(count, 40)) {
      if (seen++ % 8 === 0) await sleep(150);
    }
    expect(seen).toBe(40);
  });
});

describe('while a stream waits for its consumer', () => {
  test('never more tasks run than the limit, however it goes on', async () => {
    const executor = made(Executor, { maxThreads: 3 });
    const words = shared();
    const generator = function* (state: Int32Array) {
      for (let i = 0; i < 60; i++) {
        Atomics.store(state, 1, Math.max(Atomics.load(state, 1), Atomics.add(state, 0, 1) + 1));
        for (const until = performance.now() + 0.2; performance.now() < until; );
        Atomics.sub(state, 0, 1);
        yield i;
      }
    };
    const call = (state: Int32Array) => {
      Atomics.store(state, 1, Math.max(Atomics.load(state, 1), Atomics.add(state, 0, 1) + 1));
      for (const until = performance.now() + 0.2; performance.now() < until; );
      Atomics.sub(state, 0, 1);
    };
    const consume = async () => {
      for await (const n of executor.stream(generator, words)) {
        await executor.run(call, words);
        if (n === 30) executor.resize(2);
        if (n === 31) Atomics.store(words, 1, 0);
      }
    };
    await Promise.all(Array.from({ length: 6 }, consume));
    expect(Atomics.load(words, 1)).toBeLessThanOrEqual(3);
    expect(Atomics.load(words, 1)).toBeGreaterThan(0);
  });

  test('others go elsewhere as long as more threads may start', async () => {
    const executor = made(Executor, { maxThreads: 2 });
    const items = await parked(
      executor,
      executor.stream(function* () {
        for (let i = 0; i < 100; i++) yield currentThread()?.id;
      }),
    );
    const { value } = await items.next();
    await untilParked(executor);
    expect(await executor.run(threadOf)).not.toBe(value);
    await items.return?.();
  });

  test('it fails with its thread, and is told why', async () => {
    const executor = made(Executor, { maxThreads: 1 });
    const items = await parked(executor, executor.stream(count, MANY));
    await expect(executor.run(exit)).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 3 });
    await expect(
      (async () => {
        for await (const _n of items);
      })(),
    ).rejects.toThrow('The thread of count ended under another call while count waited for its consumer');
    expect(await executor.run(double, 2)).toBe(4);
  });

  test('its thread is not replaced', async () => {
    const executor = made(Executor, { maxThreads: 1, maxTasksPerThread: 3, minThreads: 0, idleTimeout: 5 });
    const items = await parked(
      executor,
      executor.stream(function* () {
        for (let i = 0; i < 100; i++) yield currentThread()?.id;
      }),
    );
    const thread = (await items.next()).value;
    for (let i = 0; i < 10; i++) expect(await executor.run(threadOf)).toBe(thread);
    await sleep(30);
    for await (const each of items) expect(each).toBe(thread);
    expect(await executor.run(threadOf)).not.toBe(thread);
  });

  test('an error that it left behind in a timer is its own', async () => {
    const executor = made(Executor, { maxThreads: 1 });
    const items = await parked(
      executor,
      executor.stream(function* () {
        setTimeout(() => {
          throw new Error('late');
        }, 20);
        for (let i = 0; i < 100; i++) yield i;
      }),
    );
    await executor.run(sleep, 60);
    await expect(
      (async () => {
        for await (const _n of items);
      })(),
    ).rejects.toThrow('late');
    expect(await executor.run(double, 1)).toBe(2);
  });

  test('what it follows stays its own', async () => {
    const executor = made(Executor, { maxThreads: 1 });
    const items = await parked(
      executor,
      executor.stream(function* () {
        const store = new AsyncLocalStorage<string>();
        Object.assign(globalThis, { storeOfTheStream: store });
        store.enterWith('the stream’s');
        for (let i = 0; i < 100; i++) yield store.getStore();
      }),
    );
    const peek = () => (globalThis as { storeOfTheStream?: { getStore(): unknown } }).storeOfTheStream?.getStore();
    expect(await executor.run(peek)).toBeUndefined();
    for await (const value of items) expect(value).toBe('the stream’s');
  });

  test('a program that drops it ends, and close() does not wait for it', async () => {
    const program = `
      import { Executor } from 'run-in-executor';
      import { setTimeout as sleep } from 'node:timers/promises';
      const executor = new Executor({ maxThreads: 1 });
      const words = new Int32Array(new SharedArrayBuffer(4));
      const drop = async () => {
        const items = executor.stream(function* (words) {
          try { for (let i = 0; i < 100; i++) yield i; } finally { words[0]++; }
        }, words);
        await items.next();
      };
      await drop();
      while (words[0] === 0) { gc(); await sleep(1); }
      await drop();
      executor.close();
      while (words[0] === 1) { gc(); await sleep(1); }
      await executor.close();
      const late = new Executor();
      globalThis.items = late.stream(function* () { for (let i = 0; i < 100; i++) yield i; });
      await items.next();
      console.log('the end');`;
    expect(await runText(program, '--expose-gc')).toMatchObject({ exitCode: 0, stdout: 'the end\n' });
  });
});
