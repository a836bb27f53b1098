import { setTimeout as sleep } from 'node:timers/promises';
import { callback, currentThread, Executor, InlineExecutor, runInExecutor, sleepSync, transfer } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 2, name: 'mapping' });
afterAll(() => executor.close());

const double = (n: number) => 2 * n;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe.each([
  ['an Executor', executor],
  ['an InlineExecutor', new InlineExecutor({ maxThreads: 2 })],
])('map of %s', (_, each) => {
  test.each([0, 1, 2, 17, 1_000, 20_000])('gives an array in the order of %d items', async (count) => {
    await expect(each.map(double, upTo(count))).resolves.toEqual(upTo(count).map(double));
  });

  test.each([0, 1, 17, 1_000])('is iterated in the order of %d items', async (count) => {
    await expect(collect(each.map(double, upTo(count)))).resolves.toEqual(upTo(count).map(double));
  });

  test('gives each result once, as it comes, where order does not matter', async () => {
    const results = await collect(each.map(double, upTo(1_000), { ordered: false }));
    expect(results.sort((a, b) => a - b)).toEqual(upTo(1_000).map(double));
  });

  test('items are instances of the classes that the function knows', async () => {
    class Animal {}
    class Dog extends Animal {}
    const kinds = (item: object) => [item instanceof Animal, item instanceof Dog, item.constructor === Dog];
    const items = [new Dog(), new Animal(), {}];
    await expect(each.map(kinds, items, { chunkSize: 2 })).resolves.toEqual(items.map(kinds));
  });

  test.each([1, 3, 1_000])('takes %d items at a time if told so', async (chunkSize) => {
    await expect(each.map(double, upTo(100), { chunkSize })).resolves.toEqual(upTo(100).map(double));
  });

  test('gives as many results as a Set gave items, should it have lost some since', async () => {
    const items = new Set([1, 2, 3, 4, 5, 6]);
    const doubled = each.map(double, items, { chunkSize: 2, lookahead: 2, onProgress: () => items.delete(6) });
    await expect(doubled).resolves.toEqual([2, 4, 6, 8, 10]);
  });

  test.each<[string, () => Iterable<number> | AsyncIterable<number>]>([
    ['a Set', () => new Set([1, 2, 3])],
    [
      'a generator',
      function* () {
        yield* [1, 2, 3];
      },
    ],
    [
      'an async generator',
      async function* () {
        yield 1;
        await sleep(5);
        yield 2;
        yield 3;
      },
    ],
    ['a typed array', () => new Uint8Array([1, 2, 3])],
    ['a Buffer', () => Buffer.from([0, 1, 2, 3]).subarray(1)],
    ['shared memory', () => Float32Array.from([1, 2, 3])],
    ['an iterator helper of an array', () => [1, 2, 3].values()],
  ])('reads %s', async (_name, items) => {
    await expect(each.map(double, items())).resolves.toEqual([2, 4, 6]);
  });

  test('takes what is no number, and holes', async () => {
    await expect(each.map((x: unknown) => [x], ['a', { b: 1 }, null, 3n, undefined])).resolves.toEqual([
      ['a'],
      [{ b: 1 }],
      [null],
      [3n],
      [undefined],
    ]);
    // biome-ignore lint/suspicious/noSparseArray: that is what is tested
    await expect(each.map((x: unknown) => x === undefined, [1, , 3])).resolves.toEqual([false, true, false]);
    await expect(each.map((n: number) => (n === 2 ? 'two' : -0), [1, 2])).resolves.toEqual([-0, 'two']);
  });

  test('waits for asynchronous functions', async () => {
    const slowly = async (n: number) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return n;
    };
    await expect(each.map(slowly, upTo(10))).resolves.toEqual(upTo(10));
  });

  test('waits for whatever await waits for, functions with a then among it', async () => {
    // biome-ignore lint/suspicious/noThenProperty: it is what the test is about
    const query = (n: number) => Object.assign(() => n, { then: (resolve: (rows: string) => void) => resolve(`rows ${n}`) });
    await expect(each.map(query, [1, 2, 3])).resolves.toEqual(['rows 1', 'rows 2', 'rows 3']);
  });

  test('sees what the function captured when the map was made', async () => {
    let factor = 3;
    const results = each.map((n: number) => n * factor, [1, 2]);
    factor = 4;
    await expect(results).resolves.toEqual([3, 6]);
  });

  test('rejects with the error of an item as it was thrown', async () => {
    class Odd extends RangeError {
      code = 'E_ODD';
    }
    const fails = (n: number) => {
      if (n === 7) throw new Odd('seven');
      return n;
    };
    const error = (await each.map(fails, upTo(50)).catch((e: unknown) => e)) as Odd;
    expect(error).toBeInstanceOf(Odd);
    expect(error).toMatchObject({ message: 'seven', code: 'E_ODD' });
    expect(error.stack).toContain('map.test.ts');
    expect(error.stack).not.toMatch(/dist\/(?:src|workers)/);
  });

  test('hands out what came before a failure', async () => {
    const seen: number[] = [];
    const fails = (n: number) => {
      if (n === 7) throw new Error('seven');
      return n;
    };
    const reading = (async () => {
      for await (const n of each.map(fails, upTo(50), { chunkSize: 50 })) seen.push(n);
    })();
    await expect(reading).rejects.toThrow('seven');
    expect(seen).toEqual(upTo(7));
  });

  test('hands out the results of earlier items before the failure of a later one, which came first', async () => {
    const seen: number[] = [];
    const pause = async (ms: number) => {
      if (ms === 9) throw new Error('nine');
      await new Promise((resolve) => setTimeout(resolve, ms));
      return ms;
    };
    const reading = (async () => {
      for await (const ms of each.map(pause, [200, 1, 2, 9, 4], { chunkSize: 1 })) seen.push(ms);
    })();
    await expect(reading).rejects.toThrow('nine');
    expect(seen).toEqual([200, 1, 2]);
  });

  test('iterated in order, fails with the first item that fails, whichever came first', async () => {
    const fails = async (ms: number) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      throw new Error(`${ms} ms`);
    };
    await expect(collect(each.map(fails, [150, 0], { chunkSize: 1 }))).rejects.toThrow('150 ms');
    await expect(each.map(fails, [150, 0], { chunkSize: 1 })).rejects.toThrow('0 ms');
  });

  test.each([1, 4, 40, 'auto' as const])(
    'hands out the results of all items before one that cannot cross, in chunks of %s',
    async (size) => {
      const seen: unknown[] = [];
      const items = upTo(40).map((n) => (n === 17 ? new WeakMap() : `item ${n}`));
      const reading = (async () => {
        for await (const item of each.map((x: unknown) => x, items, { chunkSize: size })) seen.push(item);
      })();
      await expect(reading).rejects.toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE', path: 'items[17]' });
      expect(seen).toEqual(items.slice(0, 17));
    },
  );

  test('names the item or the result that cannot cross', async () => {
    const items = upTo(40).map((n) => (n === 17 ? { deep: { socket: new WeakMap() } } : { n }));
    await expect(each.map((x: unknown) => x, items)).rejects.toMatchObject({
      code: 'ERR_VALUE_NOT_SENDABLE',
      path: 'items[17].deep.socket',
      message: expect.stringContaining('items[17].deep.socket'),
    });
    await expect(each.map((n: number) => (n === 23 ? { a: new WeakMap() } : n), upTo(40))).rejects.toMatchObject({ path: 'results[23].a' });
  });

  test('reports progress', async () => {
    const seen: { done: number; total?: number }[] = [];
    await each.map(double, upTo(500), { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ done: 500, total: 500 });
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
    await each.map(double, new Set([1]).values(), { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ done: 1 });
  });

  test('is consumed once', async () => {
    const results = each.map(double, [1]);
    await results;
    await expect(results.toArray()).rejects.toThrow('Cannot consume a map twice');
    expect(() => results[Symbol.asyncIterator]()).toThrow('Cannot consume a map twice');
  });

  test.each([undefined, null, 5, {}])('of %o rejects, and does not throw', async (items) => {
    await expect(each.map(double, items as never)).rejects.toThrow('Cannot map over');
  });

  test('rejects options that are none', async () => {
    await expect(each.map(double, [1], { chunkSize: 0 })).rejects.toThrow('chunkSize takes a whole number from 1');
    await expect(each.map(double, [1], { lookAhead: 5 } as never)).rejects.toThrow('has no option lookAhead');
  });
});

describe('a map reads', () => {
  function counted(to = Number.POSITIVE_INFINITY) {
    const state = { read: 0, returned: false };
    const items = (function* () {
      try {
        while (state.read < to) yield state.read++;
      } finally {
        state.returned = true;
      }
    })();
    return { state, items };
  }

  test('nothing before somebody awaits or iterates it', async () => {
    const { state, items } = counted(10);
    const results = executor.map(double, items);
    await sleep(20);
    expect(state.read).toBe(0);
    await results;
    expect(state.read).toBe(10);
  });

  test('no further ahead of its consumer than lookahead', async () => {
    const { state, items } = counted(2_000);
    let consumed = 0;
    let furthest = 0;
    for await (const _ of executor.map(double, items, { lookahead: 20 })) {
      furthest = Math.max(furthest, state.read - consumed++);
      if (consumed % 500 === 0) await sleep(5);
    }
    expect(furthest).toBeLessThanOrEqual(20);
    expect(consumed).toBe(2_000);
  });

  test('without end, while its consumer does not read, only so far', async () => {
    const { state, items } = counted();
    const iterator = executor.map(double, items)[Symbol.asyncIterator]();
    await iterator.next();
    // Reading without end would never be seen to rest, and run into the test's time limit.
    for (let read = -1; read !== state.read; ) {
      read = state.read;
      await sleep(100);
    }
    await iterator.return?.();
    expect(state.returned).toBe(true);
  });

  test('no more after a break, and closes what it reads', async () => {
    const { state, items } = counted();
    for await (const n of executor.map(double, items)) if (n > 20) break;
    const read = state.read;
    await sleep(20);
    expect(state).toEqual({ read, returned: true });
  });

  test('no more after a failure, and closes what it reads', async () => {
    const { state, items } = counted();
    const fails = (n: number) => {
      if (n === 30) throw new Error('thirty');
    };
    await expect(executor.map(fails, items)).rejects.toThrow('thirty');
    expect(state.returned).toBe(true);
  });

  test('an asynchronous source, and closes it', async () => {
    let returned = false;
    const endless = (async function* () {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        returned = true;
      }
    })();
    for await (const n of executor.map(double, endless)) if (n > 200) break;
    expect(returned).toBe(true);
  });

  test.each<[string, () => Iterable<number> | AsyncIterable<number>]>([
    [
      'a source',
      function* () {
        yield* [1, 2, 3];
        throw new Error('torn');
      },
    ],
    [
      'an asynchronous source',
      async function* () {
        yield* [1, 2, 3];
        throw new Error('torn');
      },
    ],
  ])('%s that throws to its end, and then rejects', async (_, items) => {
    const seen: number[] = [];
    const reading = (async () => {
      for await (const n of executor.map(double, items())) seen.push(n);
    })();
    await expect(reading).rejects.toThrow('torn');
    expect(seen).toEqual([2, 4, 6]);
    await expect(executor.map(double, items())).rejects.toThrow('torn');
  });
});

describe('a map uses all threads', () => {
  test('for few items that take long', async () => {
    const threads = await executor.map((ms: number) => sleepSync(ms) ?? currentThread()?.id, [150, 150]);
    expect(new Set(threads).size).toBe(2);
  });

  test('where cheap items turn out expensive', async () => {
    const work = (n: number) => {
      const until = performance.now() + (n < 2_000 ? 0 : 3);
      while (performance.now() < until);
      return currentThread()?.id;
    };
    const threads = await executor.map(work, upTo(2_060));
    const late = threads.slice(2_010);
    expect(new Set(late).size).toBe(2);
  });

  test('for callbacks in its function', async () => {
    let told = 0;
    const tell = callback(() => told++);
    await executor.map(() => tell(), upTo(200));
    expect(told).toBe(200);
  });
});

describe('a map whose source waits for what never comes', () => {
  async function* oneAndNoMore(): AsyncGenerator<number> {
    yield 1;
    await new Promise(() => undefined);
  }

  test('is left by a break all the same', async () => {
    const seen: number[] = [];
    for await (const result of executor.map(double, oneAndNoMore())) {
      seen.push(result);
      break;
    }
    expect(seen).toEqual([2]);
  });

  test.each([
    ['an Executor', () => new Executor({ maxThreads: 1 })],
    ['an InlineExecutor', () => new InlineExecutor()],
  ])('ends with %s that is terminated', async (_, made) => {
    const each = made();
    const results = each.map(double, oneAndNoMore())[Symbol.asyncIterator]();
    await expect(results.next()).resolves.toEqual({ done: false, value: 2 });
    const told = expect(results.next()).rejects.toMatchObject({
      name: 'ExecutorClosedError',
      message: expect.stringContaining('before double had ended'),
    });
    await each.terminate();
    await told;
  });
});

describe('a map is stopped', () => {
  test('by its signal', async () => {
    const controller = new AbortController();
    const results = executor.map((ms: number) => sleepSync(ms), [10_000, 10_000, 10_000], { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(results).rejects.toThrow('enough');
    await expect(executor.map(double, [1], { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    await expect(executor.run.with({ signal: AbortSignal.abort(new Error('before')) }).map(double, [1])).rejects.toThrow('before');
  });

  test('by an item that takes longer than timeout, each having its own', async () => {
    const slow = (n: number) => sleepSync(n === 40 ? 10_000 : 5);
    await expect(executor.map(slow, upTo(50), { timeout: 300 })).rejects.toMatchObject({
      code: 'ERR_TASK_TIMEOUT',
      message: expect.stringContaining('longer than 300 ms'),
    });
    await expect(
      executor.map(
        (ms: number) => sleepSync(ms),
        upTo(40).map(() => 20),
        { timeout: 250 },
      ),
    ).resolves.toHaveLength(40);
  });

  test.each(['auto' as const, 3])('by such an item, which takes no finished one with it, in chunks of %s', async (chunkSize) => {
    const seen: number[] = [];
    const wait = (ms: number) => sleepSync(ms) ?? ms;
    const reading = (async () => {
      for await (const ms of executor.map(wait, [0, 1, 30_000, 2], { timeout: 1_000, chunkSize })) seen.push(ms);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT', message: expect.stringContaining('longer than 1000 ms') });
    expect(seen).toEqual([0, 1]);
  });

  test('by a thread that ends under it', async () => {
    const dies = (n: number) => (n === 3 ? process.exit(5) : n);
    await expect(executor.map(dies, upTo(10))).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 5 });
  });
});

test('a map waits for room in a short queue, rather than fail', async () => {
  await using short = new Executor({ maxThreads: 1, maxQueue: 0 });
  await expect(short.map(double, upTo(300), { chunkSize: 10 })).resolves.toEqual(upTo(300).map(double));
});

test('a map inside a task runs there', async () => {
  const nested = async () => runInExecutor.map((n: number) => 2 * n, [1, 2, 3]);
  await expect(executor.run(nested)).resolves.toEqual([2, 4, 6]);
});

test('items that are to move do so', async () => {
  const items = upTo(5).map((n) => transfer(new Uint8Array([n])));
  await expect(executor.map((bytes: Uint8Array) => bytes[0], items)).resolves.toEqual(upTo(5));
  expect(items.map(({ length }) => length)).toEqual([0, 0, 0, 0, 0]);
});

test('the items of a typed array arrive as numbers, shared memory as itself', async () => {
  const shared = new Float64Array(new SharedArrayBuffer(8 * 1_000)).map((_, i) => i / 2);
  const words = new Int32Array(new SharedArrayBuffer(4_000));
  await expect(executor.map((n: number) => n, shared)).resolves.toEqual([...shared]);
  await expect(executor.map((n: number) => n, words)).resolves.toEqual([...words]);
  await expect(executor.map((n: bigint) => n + 1n, new BigInt64Array([1n, 2n]))).resolves.toEqual([2n, 3n]);
});
