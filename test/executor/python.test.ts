/**
 * What CPython's own tests of `concurrent.futures` ask of an executor, behaviour by behaviour, wherever it has a meaning here.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentThread, Executor, fromModule, InlineExecutor, partial } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';
import { runText } from '../setup/programs.js';
import { count, hold, letGo, made, power, program, shared, threadOf, until } from './pythonic.js';

const executor = new Executor({ maxThreads: 2, name: 'pythonic' });
afterAll(() => executor.close());

const inverse = (n: number) => {
  if (n === 0) throw new RangeError('division by zero');
  return 1 / n;
};

describe('submit', () => {
  test('gives the result', async () => expect(await executor.run(power, 2, 8)).toBe(256));

  test('takes keyword arguments', async () => expect(await executor.run.named(power, { exponent: 3, base: 2 })).toBe(8));

  test('takes arguments by position and by name together', async () => {
    expect(await executor.run.named(partial(power, 2), { exponent: 8 })).toBe(256);
  });

  test('takes keyword arguments by the names of its own parameters', async () => {
    const capture = (self: number, fn: number, args: number, options: number) => [self, fn, args, options];
    expect(await executor.run.named(capture, { fn: 3, self: 2, options: 5, args: 4 })).toEqual([2, 3, 4, 5]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['nothing', () => (executor.run as (...none: unknown[]) => Promise<unknown>)()],
    ['keyword arguments alone', () => (executor.run.named as (...alone: unknown[]) => Promise<unknown>)({ fn: power, base: 1 })],
  ])('of %s is refused', async (_name, call) => {
    await expect(call()).rejects.toThrow('Cannot run what is not a function');
  });

  test('runs elsewhere', async () => {
    const [arg, thread] = await executor.run((each: string) => [each, currentThread()?.id] as const, 'yo');
    expect(arg).toBe('yo');
    expect(thread).toBeGreaterThan(0);
    expect(currentThread()).toBeUndefined();
  });

  test('gives the exception itself, with its cause chain', async () => {
    const failing = () => {
      try {
        JSON.parse('{');
      } catch (cause) {
        throw new RangeError('out', { cause: new TypeError('in between', { cause }) });
      }
    };
    const error = await executor.run(failing).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: 'out', cause: { name: 'TypeError', cause: { name: 'SyntaxError' } } });
  });

  test.each([undefined, null, 0, '', false])('rejects with %o, where that was thrown', async (thrown) => {
    const raise = (value: unknown) => {
      throw value;
    };
    expect(await Promise.allSettled([executor.run(raise, thrown)])).toEqual([{ status: 'rejected', reason: thrown }]);
    await expect(executor.map(raise, [thrown])).rejects.toBe(thrown);
  });

  test('keeps the remote traceback', async () => {
    const error = await executor.run(inverse, 0).catch((each: unknown) => each as Error);
    expect((error as Error).stack).toMatch(/RangeError: division by zero\n\s+at inverse \(.*python\.test\.ts/);
  });

  test('prints the remote traceback where nobody catches it', async () => {
    const text = `import { Executor } from 'run-in-executor';
      const failing = (n) => { throw new RangeError('out of ' + n); };
      await new Executor().run(failing, 3);`;
    const { exitCode, stderr } = await runText(text);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/RangeError: out of 3\n\s+at failing \(.*\n.*called through an executor by.*\n\s+at .*:3:/);
  });

  test('of ten thousand tasks gives ten thousand results', async () => {
    const all = await Promise.all(Array.from({ length: 10_000 }, (_, i) => executor.run(power, i, 2)));
    expect(all).toEqual(Array.from({ length: 10_000 }, (_, i) => i * i));
  });

  test('after shutdown is refused', async () => {
    const each = made({ maxThreads: 1 });
    await each.close();
    await expect(each.run(power, 1, 1)).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
  });
});

describe('map', () => {
  test('gives results in the order of the items, however long each takes', async () => {
    const wait = async (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, ms));
    expect(await executor.map(wait, [30, 20, 10, 0], { chunkSize: 1 })).toEqual([30, 20, 10, 0]);
  });

  test('of nothing gives nothing', async () => {
    expect(await executor.map(inverse, [])).toEqual([]);
    for await (const _each of executor.map(inverse, [])) expect.unreachable();
  });

  test('gives the results before an exception, then the exception, then nothing', async () => {
    const results = executor.map(inverse, [1, 2, 0, 4])[Symbol.asyncIterator]();
    expect([await results.next(), await results.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 0.5 },
    ]);
    await expect(results.next()).rejects.toThrow('division by zero');
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  test('of several iterables is one of tuples', async () => {
    const bases = [...Array(10).keys()];
    expect(
      await executor.map(
        ([base, exponent]) => power(base, exponent),
        bases.map((n) => [n, n] as const),
      ),
    ).toEqual(bases.map((n) => n ** n));
  });

  test.each([3, 6, 40, 50])('gives the same in chunks of %d', async (chunkSize) => {
    expect(await executor.map(Math.sqrt, Array(40).keys(), { chunkSize })).toEqual(Array.from({ length: 40 }, (_, i) => Math.sqrt(i)));
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses chunks of %d', async (chunkSize) => {
    await expect(executor.map(Math.abs, [1], { chunkSize })).rejects.toThrow(RangeError);
  });

  test('whose time is up gives what was in time, then the time-out', async () => {
    const words = shared();
    const seen: unknown[] = [];
    const waits = (item: Int32Array | number) => (typeof item === 'number' ? item : hold(item));
    const controller = new AbortController();
    const reading = (async () => {
      for await (const each of executor.map(waits, [0, 1, words], { signal: controller.signal, chunkSize: 1 })) seen.push(each);
    })();
    await until(() => words[0] === 1 && seen.length === 2);
    controller.abort(new DOMException('too long', 'TimeoutError'));
    await expect(reading).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(seen).toEqual([0, 1]);
  });

  test('whose time is up while all threads are busy starts nothing', async () => {
    const each = made({ maxThreads: 1 });
    const words = shared();
    const ran = shared();
    const first = each.run(hold, words);
    await until(() => words[0] === 1);
    await expect(each.map(count, [ran, ran], { signal: AbortSignal.timeout(0) })).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(each.map(count, [ran, ran], { queueTimeout: 1 })).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
    letGo(words);
    await first;
    await each.close();
    expect(ran[0]).toBe(0);
  });

  test('that has been asked for its results is finished by a shutdown right after', async () => {
    const each = made({ maxThreads: 2 });
    const results = each.map(String, [2, 2, 2]).toArray();
    await each.close();
    expect(await results).toEqual(['2', '2', '2']);
  });

  test('with a timeout gives what was in time, then the time-out', async () => {
    const wait = (ms: number) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
      return ms;
    };
    const seen: number[] = [];
    const each = async () => {
      for await (const ms of executor.map(wait, [0, 0, 60_000], { timeout: 500 })) seen.push(ms);
    };
    await expect(each()).rejects.toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
    expect(seen).toEqual([0, 0]);
  });

  test('reads no more of its items than the buffer size ahead', async () => {
    let read = 0;
    const items = function* () {
      for (;;) yield read++;
    };
    const results = executor.map(Math.abs, items(), { lookahead: 4 })[Symbol.asyncIterator]();
    for (let i = 0; i < 10; i++) expect((await results.next()).value).toBe(i);
    expect(read).toBeLessThanOrEqual(14);
    await results.return?.();
  });

  test.each([0, -1, 1.5, '3'])('refuses a buffer size of %o', async (lookahead) => {
    await expect(executor.map(Math.abs, [1], { lookahead: lookahead as number })).rejects.toThrow(/lookahead/);
  });

  test('tells a time-out that its function threw from its own', async () => {
    const item = (n: number) => {
      if (n === 1) throw new DOMException('of the function', 'TimeoutError');
      return n;
    };
    for (const timeout of [undefined, 60_000]) await expect(executor.map(item, [0, 1, 2], { timeout })).rejects.toThrow('of the function');
  });

  test('whose iterator is closed has no more results', async () => {
    for (const chunkSize of [1, 3]) {
      const results = executor.map(Math.sqrt, [1, 4, 9, 16], { chunkSize })[Symbol.asyncIterator]();
      expect(await results.next()).toEqual({ done: false, value: 1 });
      await results.return?.();
      expect([await results.next(), await results.next()]).toEqual(Array(2).fill({ done: true, value: undefined }));
    }
  });

  test('whose iterator is closed starts nothing more', async () => {
    const each = made({ maxThreads: 1 });
    const words = shared();
    const mark = (_i: number) => Atomics.add(words, 0, 1);
    const results = each.map(mark, Array(1_000).keys(), { chunkSize: 1 })[Symbol.asyncIterator]();
    await results.next();
    await results.return?.();
    const started = words[0] as number;
    await each.close();
    expect(words[0]).toBeLessThanOrEqual(started + 1);
  });

  test('keeps no result that it has handed out, however many came with it, and no more does a stream', async () => {
    const printed = await program(
      `const executor = new Executor({ maxThreads: 1 });
       const iterated = [
         executor.map((i) => ({ i }), Array(10).keys(), { chunkSize: 1, lookahead: 2 }),
         executor.map((i) => ({ i }), Array(10).keys(), { chunkSize: 10 }),
         executor.map((i) => ({ i }), Array(10).keys(), { chunkSize: 3, ordered: false }),
         executor.stream(function* () { for (let i = 0; i < 10; i++) yield { i }; }),
       ];
       for (const results of iterated) {
         const iterator = results[Symbol.asyncIterator]();
         const next = async () => { const { done, value } = await iterator.next(); return done ? undefined : new WeakRef(value); };
         let freed = 0;
         for (let result = await next(); result !== undefined; result = await next()) {
           for (let i = 0; i < 1_000 && result.deref() !== undefined; i++) { await sleep(1); gc(); }
           if (result.deref() === undefined) freed++;
         }
         console.log(freed);
       }`,
      '--expose-gc',
    );
    expect(printed).toBe('10\n10\n10\n10\n');
    // Some hundred full garbage collections.
  }, 60_000);
});

describe('threads', () => {
  test('are as many as the machine runs at once, unless told otherwise', () => {
    expect(new Executor().maxThreads).toBe(availableParallelism());
  });

  test.each([0, -1, 1.5, Number.NaN])('cannot be %d', (maxThreads) => {
    expect(() => new Executor({ maxThreads })).toThrow(/maxThreads/);
  });

  test('start on demand: a free one is used again, and no second started', async () => {
    const each = made({ maxThreads: 4 });
    const threads = new Set<unknown>();
    for (let i = 0; i < 20; i++) threads.add(await each.run(threadOf));
    expect(threads.size).toBe(1);
    expect(each.stats().threads.alive).toBe(1);
  });

  test('start on demand: as many as tasks hold, up to the limit', async () => {
    const each = made({ maxThreads: 3 });
    const words = shared();
    const held = Array.from({ length: 9 }, () => each.run(hold, words));
    await until(() => words[0] === 3);
    expect(each.stats()).toMatchObject({ threads: { alive: 3 }, running: 3, queued: 6 });
    letGo(words);
    expect(new Set(await Promise.all(held)).size).toBe(3);
    expect(words[0]).toBe(9);
  });

  test('carry the name of their executor', async () => {
    expect(await executor.run(() => currentThread()?.executor)).toBe('pythonic');
  });

  test('of executors without a name have different names all the same', () => {
    const names = [new Executor(), new Executor(), new Executor()].map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^executor-\d+$/);
  });

  test('are replaced after so many tasks each', async () => {
    const each = made({ maxThreads: 1, maxTasksPerThread: 3 });
    const threads: unknown[] = [];
    for (let i = 0; i < 9; i++) threads.push(await each.run(threadOf));
    expect(new Set(threads).size).toBe(3);
  });

  test('are replaced after each task, though the executor is closed meanwhile', async () => {
    const each = made({ maxThreads: 3, maxTasksPerThread: 1 });
    const calls = Array.from({ length: 6 }, (_, i) => each.run(power, i, 2));
    await each.close();
    expect(await Promise.all(calls)).toEqual([0, 1, 4, 9, 16, 25]);
  });

  test.each([0, -1, 1.5, '3'])('cannot be replaced after %j tasks', (maxTasksPerThread) => {
    expect(() => new Executor({ maxTasksPerThread: maxTasksPerThread as number })).toThrow(/maxTasksPerThread/);
  });

  test('of an executor that nobody holds any more end', async () => {
    const printed = await program(
      `let threads = 0;
       process.on('worker', (worker) => { threads++; worker.on('exit', () => threads--); });
       const use = async () => {
         const executor = new Executor({ maxThreads: 2, minThreads: 2, idleTimeout: Infinity });
         console.log(await executor.run(Math.abs, -1), threads > 0);
       };
       await use();
       for (let i = 0; i < 2_000 && threads > 0; i++) { gc(); await sleep(1); }
       console.log(threads);`,
      '--expose-gc',
    );
    expect(printed).toBe('1 true\n0\n');
  });
});

describe('an initializer', () => {
  test('runs once in each thread, before its first task', async () => {
    const words = shared();
    const each = made({ maxThreads: 2, initializer: count, initializerArgs: [words] });
    await Promise.all(Array.from({ length: 20 }, () => each.run(sleep, 2)));
    // One that is still starting counts as alive: on a busy machine, the other has done it all by then.
    await each.warmUp();
    expect(words[0]).toBe(each.stats().threads.alive);
  });

  test('may be a partial, which the compiler checks', async () => {
    const words = shared();
    const each = made({ maxThreads: 1, initializer: partial(count, words) });
    await each.run(sleep, 0);
    expect(words[0]).toBe(1);
  });

  test('that fails breaks all that wait, and what comes later, and shutdown does not hang', async () => {
    const each = made({
      maxThreads: 2,
      initializer: () => {
        throw new RangeError('no database');
      },
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => each.run(power, 1, 1)));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { code: 'ERR_INITIALIZER_FAILED', cause: { name: 'RangeError' } } });
    await expect(each.run(power, 1, 1)).rejects.toMatchObject({ code: 'ERR_INITIALIZER_FAILED' });
    await each.close();
  });

  test.each([Executor, InlineExecutor])(
    'that fails gives each call an error of its own, with the stack of that call alone: %o',
    async (executorType) => {
      const each = new executorType({
        maxThreads: 2,
        initializer: () => {
          throw new RangeError('no database');
        },
      });
      const first = () => each.run(power, 1, 1).catch((error: unknown) => error as Error);
      const second = () => each.run(power, 2, 1).catch((error: unknown) => error as Error);
      const [one, two] = (await Promise.all([first(), second()])) as [Error, Error];
      expect(one).not.toBe(two);
      for (const { stack } of [one, two]) expect(stack?.match(/called through an executor by/g)).toHaveLength(1);
      expect(one.stack).toMatch(/at first /);
      expect(two.stack).not.toMatch(/at first /);
      await each.close();
    },
  );
});

describe('a thread that is killed', () => {
  test('breaks the task that it ran, and no other', async () => {
    const each = made({ maxThreads: 2 });
    const before = Array.from({ length: 20 }, (_, i) => each.run(power, i, 1));
    await expect(each.run(() => process.exit(7))).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 7 });
    expect(await Promise.all(before)).toEqual([...Array(20).keys()]);
    expect(await each.run(power, 2, 2)).toBe(4);
  });

  test('with much data on its way to others breaks the map, and no more', async () => {
    const each = made({ maxThreads: 2 });
    const crash = (_data: string) => process.exit(1);
    const data = 'a'.repeat(2 ** 20);
    await expect(each.map(crash, Array(10).fill(data), { chunkSize: 1 })).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 1 });
    expect(await each.run((text: string) => text.length, data)).toBe(2 ** 20);
    await each.close();
  });

  test('while a result is pickled breaks that task alone', async () => {
    const each = made({ maxThreads: 1 });
    const result = () => ({
      get value() {
        return process.exit(3);
      },
    });
    await expect(each.run(result)).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED' });
    expect(await each.run(power, 2, 3)).toBe(8);
  });

  test.each([
    ['an argument that cannot be pickled', () => executor.run((value: unknown) => value, new WeakMap()), 'ERR_VALUE_NOT_SENDABLE'],
    ['a result that cannot be pickled', () => executor.run(() => new WeakMap()), 'ERR_VALUE_NOT_SENDABLE'],
    [
      'an argument that throws while it is pickled',
      () =>
        executor.run((value: unknown) => value, {
          get a() {
            throw new RangeError('no');
          },
        }),
      'ERR_VALUE_NOT_SENDABLE',
    ],
    [
      'a result that throws while it is pickled',
      () =>
        executor.run(() => ({
          get a() {
            throw new RangeError('no');
          },
        })),
      'ERR_VALUE_NOT_SENDABLE',
    ],
  ])('is none for %s: the pool goes on', async (_name, call, code) => {
    await expect(call()).rejects.toMatchObject({ code });
    expect(await executor.run(power, 3, 2)).toBe(9);
  });

  test('by a module that it imports for a task breaks that task alone', async () => {
    const each = made({ maxThreads: 1 });
    const exits = fromModule<{ f(): void }>('data:text/javascript,process.exit(5); export const f = () => {}');
    const throws = fromModule<{ f(): void }>('data:text/javascript,throw new RangeError("at load"); export const f = () => {}');
    const outcomes = await Promise.allSettled([each.run(exits.f), each.run(throws.f), each.run(power, 2, 2)]);
    expect(outcomes).toMatchObject([
      { reason: { code: 'ERR_THREAD_EXITED', exitCode: 5 } },
      { reason: { name: 'RangeError' } },
      { value: 4 },
    ]);
    await each.close();
  });

  test('with tasks waiting and a shutdown under way does not hang', async () => {
    const each = made({ maxThreads: 1 });
    const calls = Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? each.run(() => process.exit(1)) : each.run(power, i, 1)));
    const [outcomes] = await Promise.all([Promise.allSettled(calls), each.close()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('cancel', () => {
  test('before it runs: it never does', async () => {
    const each = made({ maxThreads: 1 });
    const words = shared();
    const ran = shared();
    const held = each.run(hold, words);
    await until(() => words[0] === 1);
    const controller = new AbortController();
    const call = each.run.with({ signal: controller.signal })(count, ran);
    controller.abort(new Error('not wanted'));
    await expect(call).rejects.toThrow('not wanted');
    letGo(words);
    await held;
    await each.close();
    expect(ran[0]).toBe(0);
  });

  test('while it runs: with endless grace it goes on to its end, as in Python', async () => {
    const each = made({ maxThreads: 1 });
    const words = shared();
    const controller = new AbortController();
    const call = each.run.with({ signal: controller.signal, gracePeriod: Number.POSITIVE_INFINITY })(hold, words);
    await until(() => words[0] === 1);
    controller.abort(new Error('not wanted'));
    await expect(call).rejects.toThrow('not wanted');
    const thread = each.run(threadOf);
    letGo(words);
    expect(await thread).toBeDefined();
    await each.close();
  });

  test('in the turn of its call gives the reason, even on a thread that is awake and has ended it by then', async () => {
    const each = made({ maxThreads: 1 });
    const outcomes = new Set<unknown>();
    for (let i = 0; i < 300; i++) {
      await each.run(Math.abs, 1);
      const controller = new AbortController();
      const call = each.run.with({ signal: controller.signal, gracePeriod: 1_000 })(Math.abs, 1);
      controller.abort('not wanted');
      outcomes.add(await call.catch((reason: unknown) => reason));
    }
    expect([...outcomes]).toEqual(['not wanted']);
  });

  test('right before a shutdown does not hang it', async () => {
    const each = made({ maxThreads: 1 });
    await each.run(power, 1, 1);
    const controller = new AbortController();
    const call = each.run.with({ signal: controller.signal })(power, 1, 1);
    controller.abort();
    const closed = each.close();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    await closed;
  });

  test('after it has ended changes nothing', async () => {
    const controller = new AbortController();
    const call = executor.run.with({ signal: controller.signal })(power, 2, 2);
    expect(await call).toBe(4);
    controller.abort();
    expect(await call).toBe(4);
  });

  test('of all that wait, at shutdown: they are cancelled, what runs finishes', async () => {
    const each = made({ maxThreads: 1 });
    const words = shared();
    const controller = new AbortController();
    const running = each.run(hold, words);
    await until(() => words[0] === 1);
    const waiting = Array.from({ length: 20 }, () => each.run.with({ signal: controller.signal })(count, words));
    const closing = each.close();
    controller.abort(new Error('cancelled'));
    for (const outcome of await Promise.allSettled(waiting)) expect(outcome).toMatchObject({ reason: { message: 'cancelled' } });
    letGo(words);
    expect(await running).toBeDefined();
    await closing;
    expect(words[0]).toBe(1);
  });
});

describe('wait and as_completed', () => {
  const wait = async (ms: number) => new Promise<number>((resolve) => setTimeout(resolve, ms, ms));

  test('FIRST_COMPLETED is Promise.race', async () => {
    const words = shared();
    const held = executor.run(hold, words);
    expect(await Promise.race([held, executor.run(power, 2, 5)])).toBe(32);
    letGo(words);
    await held;
  });

  test('FIRST_EXCEPTION is Promise.all, ALL_COMPLETED is Promise.allSettled', async () => {
    const calls = () => [executor.run(power, 1, 1), executor.run(inverse, 0), executor.run(power, 2, 1)];
    await expect(Promise.all(calls())).rejects.toThrow('division by zero');
    expect((await Promise.allSettled(calls())).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('as_completed is an unordered map', async () => {
    const each = made({ maxThreads: 2 });
    await each.warmUp();
    const seen: number[] = [];
    for await (const ms of each.map(wait, [400, 0], { ordered: false, chunkSize: 1 })) seen.push(ms);
    expect(seen).toEqual([0, 400]);
  });

  test('as_completed of several functions is one whose items are the calls', async () => {
    const calls: [(...args: never[]) => unknown, ...unknown[]][] = [
      [power, 2, 5],
      [inverse, 4],
      [(text: string) => text.length, 'abc'],
    ];
    const seen: unknown[] = [];
    const call = ([fn, ...args]: (typeof calls)[number]) => fn(...(args as never[]));
    for await (const each of executor.map(call, calls, { ordered: false })) seen.push(each);
    expect(new Set(seen)).toEqual(new Set([32, 0.25, 3]));
  });

  test('a call that is waited for twice gives its result twice', async () => {
    const call = executor.run(power, 2, 3);
    expect(await Promise.allSettled([call, call])).toEqual(Array(2).fill({ status: 'fulfilled', value: 8 }));
    expect(await Promise.race([call, call])).toBe(8);
  });
});
