/**
 * What CPython's own tests of `concurrent.futures` ask of an executor, behaviour by behaviour, wherever it has a meaning here.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentThread, Executor } from 'run-in-executor';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { runText } from '../setup/programs.js';

const executor = new Executor({ maxThreads: 2, name: 'pythonic' });
afterAll(() => executor.close());

function made(options: ConstructorParameters<typeof Executor>[0]): Executor {
  const each = new Executor(options);
  onTestFinished(() => each.terminate());
  return each;
}

const power = (base: number, exponent: number) => base ** exponent;
const inverse = (n: number) => {
  if (n === 0) throw new RangeError('division by zero');
  return 1 / n;
};
const threadOf = () => currentThread()?.id;
const shared = () => new Int32Array(new SharedArrayBuffer(16));
const count = (words: Int32Array) => Atomics.add(words, 0, 1);
/** Starts, says so, and holds its thread until it is let go. */
const hold = (words: Int32Array) => {
  Atomics.add(words, 0, 1);
  Atomics.notify(words, 0);
  Atomics.wait(words, 1, 0);
  return threadOf();
};
const letGo = (words: Int32Array) => {
  Atomics.store(words, 1, 1);
  Atomics.notify(words, 1);
};
const until = async (holds: () => boolean) => {
  while (!holds()) await sleep(1);
};

async function program(text: string, ...flags: string[]): Promise<string> {
  const source = `import { Executor, runInExecutor } from 'run-in-executor';
    import { setTimeout as sleep } from 'node:timers/promises';
    ${text}`;
  const { exitCode, stdout, stderr } = await runText(source, ...flags);
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

describe('submit', () => {
  test('gives the result', async () => expect(await executor.run(power, 2, 8)).toBe(256));

  test('takes keyword arguments', async () => expect(await executor.run.named(power, { exponent: 3, base: 2 })).toBe(8));

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

  test('keeps the remote traceback', async () => {
    const error = await executor.run(inverse, 0).catch((each: unknown) => each as Error);
    expect((error as Error).stack).toMatch(/RangeError: division by zero\n\s+at inverse \(.*python\.test\.ts/);
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

  test('frees each result as it is consumed', async () => {
    const printed = await program(
      `let freed = 0;
       const registry = new FinalizationRegistry(() => freed++);
       const executor = new Executor({ maxThreads: 1 });
       let seen = 0;
       const consume = async () => {
         for await (const result of executor.map((i) => ({ i }), Array(20).keys(), { chunkSize: 1, lookahead: 2 })) {
           registry.register(result);
           seen++;
         }
       };
       await consume();
       for (let i = 0; i < 500 && freed < seen; i++) { gc(); await sleep(1); }
       console.log(seen, freed);`,
      '--expose-gc',
    );
    expect(printed).toBe('20 20\n');
  });
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

  test('are replaced after so many tasks each', async () => {
    const each = made({ maxThreads: 1, maxTasksPerThread: 3 });
    const threads: unknown[] = [];
    for (let i = 0; i < 9; i++) threads.push(await each.run(threadOf));
    expect(new Set(threads).size).toBe(3);
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
    expect(words[0]).toBe(each.stats().threads.alive);
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
});

describe('a thread that is killed', () => {
  test('breaks the task that it ran, and no other', async () => {
    const each = made({ maxThreads: 2 });
    const before = Array.from({ length: 20 }, (_, i) => each.run(power, i, 1));
    await expect(each.run(() => process.exit(7))).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 7 });
    expect(await Promise.all(before)).toEqual([...Array(20).keys()]);
    expect(await each.run(power, 2, 2)).toBe(4);
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
  ])('is none for %s: the pool goes on', async (_name, call, code) => {
    await expect(call()).rejects.toMatchObject({ code });
    expect(await executor.run(power, 3, 2)).toBe(9);
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

describe('shutdown', () => {
  test('finishes what waits', async () => {
    const each = made({ maxThreads: 1 });
    const calls = Array.from({ length: 50 }, (_, i) => each.run(power, i, 1));
    await each.close();
    expect(await Promise.all(calls)).toEqual([...Array(50).keys()]);
  });

  test('right after a submit does not race it', async () => {
    for (let i = 0; i < 5; i++) {
      const each = made({ maxThreads: 1 });
      const call = each.run(power, 2, i);
      const closed = each.close();
      expect(await call).toBe(2 ** i);
      await closed;
    }
  });

  test('of an executor that is used no more leaves no thread, twice as well', async () => {
    const each = made({ maxThreads: 3 });
    await each.map(power.bind(undefined, 2), [1, 2, 3, 4]);
    await Promise.all([each.close(), each.close()]);
    await each.close();
    expect(each.stats().threads.alive).toBe(0);
  });

  test('at the end of a with block waits', async () => {
    const words = shared();
    const each = made({ maxThreads: 1 });
    for (let i = 0; i < 5; i++) void each.run(count, words);
    await each[Symbol.asyncDispose]();
    expect(words[0]).toBe(5);
  });

  test('without any at all: the program ends when what it has submitted has run', async () => {
    const printed = await program(`
      const executor = new Executor({ maxThreads: 1 });
      for (let i = 0; i < 3; i++) executor.run(async (n) => { await new Promise((r) => setTimeout(r, 20)); console.log(n); }, i);`);
    expect(printed).toBe('0\n1\n2\n');
  });

  test('begun while the program ends can be followed by no submit that hangs it', async () => {
    const printed = await program(`
      const executor = new Executor({ maxThreads: 1 });
      await executor.run(Math.abs, -1);
      process.on('exit', () => { executor.run(Math.abs, -2); console.log('the end'); });`);
    expect(printed).toBe('the end\n');
  });
});

describe('no stale reference', () => {
  test('to arguments, functions, results and errors is kept once a task has ended', async () => {
    const printed = await program(
      `const kept = new Set();
       const registry = new FinalizationRegistry((name) => kept.delete(name));
       const watch = (name, object) => { kept.add(name); registry.register(object, name); return object; };
       const executor = new Executor({ maxThreads: 1 });
       const use = async (i) => {
         const captured = watch('captured ' + i, { i });
         const fn = watch('function ' + i, (value) => ({ value, captured }));
         watch('result ' + i, await executor.run(fn, watch('argument ' + i, { i })));
         const error = await executor.run((value) => { throw Object.assign(new Error('no'), { value }); }, watch('argument of an error ' + i, { i })).catch((each) => each);
         watch('error ' + i, error);
         const { signal } = watch('controller ' + i, new AbortController());
         await executor.run.with({ signal })(Math.abs, 1);
         const aborted = new AbortController();
         const call = executor.run.with({ signal: aborted.signal })((value) => value, watch('argument of an abort ' + i, { i }));
         aborted.abort(watch('reason ' + i, new Error('enough')));
         await call.catch(() => undefined);
       };
       for (let i = 0; i < 3; i++) await use(i);
       for (let i = 0; i < 1_000 && kept.size > 0; i++) { gc(); await sleep(1); }
       console.log([...kept].join(', '));
       console.log(executor.stats().completed);`,
      '--expose-gc',
    );
    expect(printed).toBe('\n6\n');
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
});
