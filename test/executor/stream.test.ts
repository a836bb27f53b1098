import { setTimeout as sleep } from 'node:timers/promises';
import { callback, currentThread, Executor, InlineExecutor, runInExecutor } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 2, name: 'streaming' });
afterAll(() => executor.close());

function* count(to: number): Generator<number, string> {
  for (let i = 0; i < to; i++) yield i;
  return 'counted';
}

async function* slowly(to: number, ms: number): AsyncGenerator<number> {
  for (let i = 0; i < to; i++) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    yield i;
  }
}

/** Says when it waits, which its signal alone ends, and that it has ended. */
async function* waits(shared: Int32Array): AsyncGenerator<string> {
  const signal = currentThread()?.signal;
  try {
    yield 'waits';
    shared[0] = 1;
    await sleep(2 ** 31 - 1, undefined, { ...(signal && { signal }) });
  } finally {
    shared[1] = 1;
  }
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe.each([
  ['an Executor', executor],
  ['an InlineExecutor', new InlineExecutor({ maxThreads: 2 })],
])('a stream of %s', (_, each) => {
  test.each([0, 1, 2, 15, 16, 17, 1_000, 20_000])('yields %d items in order', async (n) => {
    await expect(collect(each.stream(count, n))).resolves.toEqual(upTo(n));
  });

  test('ends with what the generator returns, and stays ended', async () => {
    const items = each.stream(count, 1);
    expect([await items.next(), await items.next(), await items.next()]).toEqual([
      { value: 0, done: false },
      { value: 'counted', done: true },
      { value: undefined, done: true },
    ]);
  });

  test('yields what an async generator does', async () => {
    await expect(collect(each.stream(slowly, 5, 2))).resolves.toEqual(upTo(5));
  });

  test('that is left while its generator waits ends by its signal, with its finally', async () => {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    for await (const _ of each.stream(waits, shared)) {
      while (shared[0] === 0) await sleep(1);
      break;
    }
    expect(shared[1]).toBe(1);
  });

  test('yields what any iterable holds, promises awaited', async () => {
    await expect(collect(each.stream(() => [1, 2]))).resolves.toEqual([1, 2]);
    await expect(collect(each.stream(() => new Map([[1, 'a']])))).resolves.toEqual([[1, 'a']]);
    const promises = function* () {
      yield Promise.resolve(1);
      yield 2;
    };
    await expect(collect(each.stream(promises))).resolves.toEqual([1, 2]);
  });

  test('is of a closure, as it was when the stream was made', async () => {
    let from = 5;
    const list = [1];
    const items = each.stream(function* (given: number[]) {
      yield from;
      yield* given;
    }, list);
    from = 6;
    list.push(2);
    await expect(collect(items)).resolves.toEqual([5, 1]);
  });

  test('carries all that crosses', async () => {
    const items = await collect(
      each.stream(function* () {
        yield Buffer.from('ab');
        yield new Map([[1, new RangeError('odd')]]);
        yield undefined;
      }),
    );
    expect(Buffer.isBuffer(items[0])).toBe(true);
    expect((items[1] as Map<number, Error>).get(1)).toBeInstanceOf(RangeError);
    expect(items[2]).toBeUndefined();
  });

  test('throws what the generator throws, after all that it yielded', async () => {
    const seen: number[] = [];
    const fails = function* () {
      yield 1;
      yield 2;
      throw new RangeError('torn');
    };
    const reading = (async () => {
      for await (const n of each.stream(fails)) seen.push(n);
    })();
    await expect(reading).rejects.toThrow(RangeError);
    expect(seen).toEqual([1, 2]);
    const error = await collect(each.stream(fails)).catch((e: unknown) => e as Error);
    expect((error as Error).stack).toContain('stream.test.ts');
  });

  test('names what cannot cross', async () => {
    const yields = function* () {
      yield 1;
      yield { deep: new WeakMap() };
    };
    await expect(collect(each.stream(yields))).rejects.toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE', path: 'items[1].deep' });
    await expect(collect(each.stream(count, new WeakMap() as never))).rejects.toMatchObject({
      code: 'ERR_VALUE_NOT_SENDABLE',
      path: 'args[0]',
    });
    const pending = Promise.resolve(1);
    const captures = function* () {
      yield pending;
    };
    await expect(collect(each.stream(captures))).rejects.toMatchObject({ code: 'ERR_FUNCTION_NOT_SENDABLE' });
  });

  test('runs finally when its loop is left', async () => {
    let cleaned = 0;
    const clean = callback(() => cleaned++);
    const endless = function* (done: () => void) {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        done();
      }
    };
    for await (const n of each.stream(endless, clean)) if (n === 100) break;
    expect(cleaned).toBe(1);
    const items = each.stream(endless, clean);
    await items.next();
    await expect(items.return?.('enough')).resolves.toEqual({ value: 'enough', done: true });
    expect(cleaned).toBe(2);
  });

  test('throws what finally throws when its loop is left', async () => {
    const endless = function* () {
      try {
        for (;;) yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is what is tested
        throw new Error('in finally');
      }
    };
    const reading = (async () => {
      for await (const _ of each.stream(endless)) break;
    })();
    await expect(reading).rejects.toThrow('in finally');
  });

  test('does not start before it is pulled', async () => {
    let started = 0;
    const begin = callback(() => started++);
    const items = each.stream(function* (tell: () => void) {
      tell();
      yield 1;
    }, begin);
    await sleep(20);
    expect(started).toBe(0);
    await collect(items);
    expect(started).toBe(1);
  });

  test.each([undefined, null, 5, {}])('of %o instead of a function rejects', async (fn) => {
    await expect(collect(each.stream(fn as never))).rejects.toThrow('Cannot stream what is not a function');
  });

  test('of a function that returns no iterable rejects', async () => {
    await expect(collect(each.stream(() => 5 as never))).rejects.toThrow('returned nothing that can be iterated');
  });
});

describe('a generator on a thread', () => {
  test('does not run further ahead of its consumer than its credit', async () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const endless = function* (counter: Int32Array) {
      for (let i = 0; ; i++) {
        Atomics.store(counter, 0, i);
        yield i;
      }
    };
    const items = executor.stream(endless, words);
    await items.next();
    await sleep(100);
    expect(Atomics.load(words, 0)).toBeLessThanOrEqual(16);
    for (let i = 0; i < 5_000; i++) await items.next();
    await sleep(50);
    expect(Atomics.load(words, 0)).toBeLessThanOrEqual(5_001 + 256);
    await items.return?.();
  });

  test('hands over what it has before it goes on with what takes long', async () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const pauses = function* (flag: Int32Array) {
      yield 'first';
      yield 'second';
      yield Atomics.wait(flag, 0, 0, 20_000);
    };
    const items = executor.stream(pauses, words);
    expect([(await items.next()).value, (await items.next()).value]).toEqual(['first', 'second']);
    Atomics.store(words, 0, 1);
    Atomics.notify(words, 0);
    expect((await items.next()).value).not.toBe('timed-out');
    await items.return?.();
  });

  test('is stopped by its signal, the waiting next() rejected', async () => {
    const controller = new AbortController();
    const items = executor.run.with({ signal: controller.signal }).stream(slowly, 10, 10_000);
    const waiting = items.next();
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(waiting).rejects.toThrow('enough');
    await expect(items.next()).resolves.toEqual({ value: undefined, done: true });
  });

  test('is stopped by its timeout', async () => {
    await expect(collect(executor.run.with({ timeout: 50 }).stream(slowly, 10, 10_000))).rejects.toMatchObject({
      code: 'ERR_TASK_TIMEOUT',
    });
  });

  test('that ends its thread rejects the waiting next(), after what it yielded', async () => {
    const seen: number[] = [];
    const dies = function* dies() {
      yield 1;
      yield process.exit(7);
    };
    const reading = (async () => {
      for await (const n of executor.stream(dies)) seen.push(n);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 7, message: expect.stringContaining('dies') });
    expect(seen).toEqual([1]);
  });

  test('leaves its thread to others when it has ended', async () => {
    await using one = new Executor({ maxThreads: 1 });
    for (let i = 0; i < 3; i++) {
      for await (const n of one.stream(count, 1_000)) if (n === 10) break;
      await expect(one.run(() => 'next')).resolves.toBe('next');
    }
  });

  test('streams inside a task', async () => {
    const nested = async () => {
      const all: number[] = [];
      const numbers = function* () {
        yield 1;
        yield 2;
      };
      for await (const n of runInExecutor.stream(numbers)) all.push(n);
      return all;
    };
    await expect(executor.run(nested)).resolves.toEqual([1, 2]);
  });
});
