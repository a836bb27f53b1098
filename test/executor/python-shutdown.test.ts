/**
 * What CPython's own tests ask of an executor's end: shutdown, with and without waiting for it, the end of the program, and what is let go.
 */
import { describe, expect, test } from 'vitest';
import { count, letGo, made, power, program, shared } from './pythonic.js';

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

  test('that nobody waits for finishes what runs, and lets the program end', async () => {
    const printed = await program(`
      const executor = new Executor({ maxThreads: 3 });
      executor.run(async () => { await new Promise((r) => setTimeout(r, 50)); console.log('apple'); });
      executor.close();`);
    expect(printed).toBe('apple\n');
  });

  test('by terminate(), that nobody waits for, cancels what runs, and lets the program end', async () => {
    const printed = await program(`
      const executor = new Executor();
      const call = executor.run(() => { for (;;); });
      executor.terminate();
      await call.catch((error) => console.log(error.code));`);
    expect(printed).toBe('ERR_EXECUTOR_CLOSED\n');
  });

  test('that nobody waits for, after a failure, with a new thread for each task', async () => {
    const printed = await program(`
      const executor = new Executor({ maxThreads: 4, maxTasksPerThread: 1 });
      const good = async (n) => { await new Promise((r) => setTimeout(r, 10 * n)); return n; };
      const bad = () => { throw new RangeError('failing task'); };
      executor.run(good, 3).then((n) => console.log(n));
      for (const { value, reason } of await Promise.allSettled([executor.run(good, 1), executor.run(bad)])) console.log(value ?? reason.message);
      executor.close();`);
    expect(printed.split('\n').sort()).toEqual(['', '1', '3', 'failing task']);
  });

  test('with a call that crashes its thread afterwards does not hang', async () => {
    const each = made({ maxThreads: 2 });
    const words = shared();
    const crash = (given: Int32Array) => {
      Atomics.wait(given, 1, 0);
      process.exit(9);
    };
    const call = each.run(crash, words);
    const closed = each.close();
    letGo(words);
    await expect(call).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED', exitCode: 9 });
    await closed;
  });

  test('refuses no call that a task under way makes', async () => {
    const each = made({ maxThreads: 1 });
    const words = shared();
    const calls = async (given: Int32Array) => {
      Atomics.wait(given, 1, 0);
      return each.run(power, 2, 3);
    };
    const call = each.run(calls, words);
    const closed = each.close();
    letGo(words);
    expect(await call).toBe(8);
    await closed;
  });

  test('right after a call that cannot be pickled does not hang', async () => {
    const each = made({ maxThreads: 2 });
    await each.run(power, 1, 1);
    const call = each.run((value: unknown) => value, new WeakMap());
    const closed = each.close();
    await expect(call).rejects.toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE' });
    await closed;
  });

  test('of the default executor waits so long, and later calls are refused', async () => {
    const printed = await program(`
      const slow = runInExecutor(() => { for (;;); }).catch((error) => error.code);
      await getDefaultExecutor().close({ timeout: 10 });
      console.log(await slow, await runInExecutor(Math.abs, -1).catch((error) => error.code));`);
    expect(printed).toBe('ERR_EXECUTOR_CLOSED ERR_EXECUTOR_CLOSED\n');
  });

  test('by terminate(), before any thread has started, and after one has died, does nothing that fails', async () => {
    const unused = made({ maxThreads: 1 });
    await unused.terminate();
    const died = made({ maxThreads: 1 });
    await expect(died.run(() => process.exit(1))).rejects.toMatchObject({ code: 'ERR_THREAD_EXITED' });
    await Promise.all([died.terminate(), died.terminate()]);
    for (const each of [unused, died]) await expect(each.run(power, 1, 1)).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
  });

  test('or being dropped leaves no task behind whose thread is replaced after each', async () => {
    const printed = await program(
      `const submit = (end) => {
         const executor = new Executor({ maxThreads: 1, maxTasksPerThread: 1 });
         const calls = [0, 1, 2].map((n) => executor.run(async (m) => { await new Promise((r) => setTimeout(r, 5)); return m; }, n));
         end?.(executor);
         return calls;
       };
       const all = [...submit(), ...submit((executor) => { executor.close(); })];
       const collecting = setInterval(gc, 1);
       console.log(await Promise.all(all));
       clearInterval(collecting);`,
      '--expose-gc',
    );
    expect(printed).toBe('[ 0, 1, 2, 0, 1, 2 ]\n');
  });

  test('of an executor that was dropped with work to do comes after that work', async () => {
    const printed = await program(
      `let threads = 0;
       process.on('worker', (worker) => { threads++; worker.on('exit', () => threads--); });
       const submit = () => {
         const executor = new Executor({ maxThreads: 2, minThreads: 2, idleTimeout: Infinity });
         return Array.from({ length: 20 }, (_, i) => executor.run(async (n) => { await new Promise((r) => setTimeout(r, 2)); return n; }, i));
       };
       const calls = submit();
       for (let i = 0; i < 20; i++) { gc(); await sleep(1); }
       console.log((await Promise.all(calls)).length);
       for (let i = 0; i < 2_000 && threads > 0; i++) { gc(); await sleep(1); }
       console.log(threads);`,
      '--expose-gc',
    );
    expect(printed).toBe('20\n0\n');
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

  test('to a bound method is kept, where nobody holds the promise either', async () => {
    const printed = await program(
      `const executor = new Executor({ maxThreads: 1 });
       let freed = false;
       const registry = new FinalizationRegistry(() => { freed = true; });
       class Own { method() { return 1; } }
       const submit = () => { const own = new Own(); registry.register(own); executor.run(own.method.bind(own)); };
       submit();
       for (let i = 0; i < 2_000 && !freed; i++) { gc(); await sleep(1); }
       console.log(freed);`,
      '--expose-gc',
    );
    expect(printed).toBe('true\n');
  });

  test('to what a task was given, captured, gave or threw is kept on its thread once it has ended', async () => {
    const printed = await program(
      `const executor = new Executor({ maxThreads: 1 });
       await executor.run(() => {
         globalThis.kept = new Set();
         const registry = new FinalizationRegistry((name) => kept.delete(name));
         globalThis.watch = (name, object) => { kept.add(name); registry.register(object, name); return object; };
       });
       const captured = { an: 'object' };
       await executor.run((arg) => { watch('captured', captured); watch('argument', arg); return watch('result', { arg }); }, {});
       await executor.run((arg) => { throw watch('error', Object.assign(new Error('no'), { arg: watch('its argument', arg) })); }, {}).catch(() => 0);
       await executor.map((item) => { watch('item ' + item.n, item); return watch('its result ' + item.n, { n: item.n }); }, [{ n: 1 }, { n: 2 }]);
       for await (const _ of executor.stream(function* (arg) { watch('of a stream', arg); yield watch('yielded', {}); yield watch('too', {}); }, {}));
       const look = async () => {
         for (let i = 0; i < 2_000 && kept.size > 0; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 1)); }
         return [...kept];
       };
       console.log(await executor.run(look));`,
      '--expose-gc',
    );
    expect(printed).toBe('[]\n');
  });
});
