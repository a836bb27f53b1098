import { describe, expect, test } from 'vitest';
import { runText } from '../setup/programs.js';

/** What a program may await with nothing else to keep it alive, once threads are idle and would let it end. */
const waits: Record<string, string> = {
  'run()': 'await executor.run(increment, 1)',
  'run() of a function that waits for an unreferenced timer': 'await executor.run(wait, 300)',
  'an aborted task': `const aborts = new AbortController();
    const task = executor.run.with({ signal: aborts.signal })(wait, 60_000).catch(() => undefined);
    await sleep(100);
    aborts.abort();
    await task`,
  'map()': 'await executor.map(increment, [1, 2, 3])',
  'a map whose consumer is slow, and breaks off':
    'for await (const item of executor.map(increment, Array(1000).keys())) if (item > 1) { await sleep(100); break; }',
  'a stream': 'for await (const item of executor.stream(count, 3));',
  'a stream whose consumer is slow': 'for await (const item of executor.stream(count, 40)) if (item < 3) await sleep(100);',
  'a stream whose consumer is slow, and breaks off':
    'for await (const item of executor.stream(count, 1e6)) if (item > 1) { await sleep(100); break; }',
  'warmUp()': 'await executor.warmUp()',
  'warmUp() with a function': 'await executor.warmUp(increment)',
  'warmUp() with a function whose module takes its time': `const { answer } = fromModule('data:text/javascript,await new Promise((r) => setTimeout(r, 300)); export const answer = () => 1');
    await executor.warmUp(answer)`,
  'ready()': 'await executor.ready()',
  'close()': 'await executor.close()',
  'close() with a timeout': 'await executor.close({ timeout: 1_000 })',
  'terminate()': 'await executor.terminate()',
};

describe('a program that waits for nothing else does not end before the answer of', () => {
  test.for(Object.entries(waits))('%s', async ([, wait]) => {
    const program = `
      import { setTimeout as sleep } from 'node:timers/promises';
      import { Executor, fromModule } from 'run-in-executor';
      const executor = new Executor({ maxThreads: 2 });
      const increment = (x) => x + 1;
      const wait = async (ms) => { await new Promise((resolve) => setTimeout(resolve, ms).unref()); };
      function* count(n) { for (let i = 0; i < n; i++) yield i; }
      await Promise.all([executor.run(increment, 1), executor.run(increment, 2)]);
      // Until both threads are idle for long enough to let a program end.
      await sleep(100);
      ${wait};
      console.log('answered');`;
    expect(await runText(program)).toMatchObject({ exitCode: 0, stdout: 'answered\n' });
  });
});

test('a call that waits for the place of a thread that finalizes keeps the program alive', async () => {
  const program = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { Executor } from 'run-in-executor';
    const isFinalizing = new Int32Array(new SharedArrayBuffer(4));
    const finalizer = async () => {
      Atomics.store(isFinalizing, 0, 1);
      await new Promise((resolve) => setTimeout(resolve, 300));
    };
    const executor = new Executor({ maxThreads: 1, minThreads: 0, idleTimeout: 50, finalizer });
    await executor.run(() => {});
    while (Atomics.load(isFinalizing, 0) === 0) await sleep(5);
    console.log(await executor.run(() => 'answered'));`;
  expect(await runText(program)).toMatchObject({ exitCode: 0, stdout: 'answered\n' });
});

describe('an initializer that never ends', () => {
  const hanging = {
    'whose caller gave up': 'await executor.run.with({ queueTimeout: 50 })(increment, 1).catch(() => undefined)',
    'in one thread, while another did all there was': 'await Promise.all([executor.run(increment, 1), executor.run(increment, 2)])',
  };

  test.for(Object.entries(hanging))('%s keeps no program alive', async ([, wait]) => {
    const program = `
      import { Executor } from 'run-in-executor';
      const threads = new Int32Array(new SharedArrayBuffer(4));
      const isGiven = ${wait.includes('queueTimeout')};
      const initializer = (threads, all) => (all || Atomics.add(threads, 0, 1) > 0 ? new Promise(() => {}) : undefined);
      const executor = new Executor({ maxThreads: 2, initializer, initializerArgs: [threads, isGiven] });
      const increment = (x) => x + 1;
      ${wait};
      console.log('answered');`;
    expect(await runText(program)).toMatchObject({ exitCode: 0, stdout: 'answered\n' });
  });

  test('for a while, and whose first caller gave up, does not lose the next', async () => {
    const program = `
      import { setTimeout as sleep } from 'node:timers/promises';
      import { Executor } from 'run-in-executor';
      const initializer = () => new Promise((resolve) => setTimeout(resolve, 500));
      const executor = new Executor({ maxThreads: 1, initializer });
      await executor.run.with({ queueTimeout: 1 })(() => 0).catch(() => undefined);
      await sleep(200);
      console.log(await executor.run(() => 'answered'));`;
    expect(await runText(program)).toMatchObject({ exitCode: 0, stdout: 'answered\n' });
  });
});

test('terminate() after terminate() tells nobody twice, whatever had been sent ahead', async () => {
  const program = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { Executor } from 'run-in-executor';
    const oneMs = (x) => { for (const until = performance.now() + 1; performance.now() < until; ); return x; };
    for (let round = 0; round < 8; round++) {
      const executor = new Executor({ maxThreads: 1 });
      const ends = executor.map(oneMs, new Array(3_000).fill(round)).toArray().catch(({ code }) => code);
      await sleep(20);
      await executor.run(oneMs, 1);
      await executor.terminate();
      await executor.terminate();
      if ((await ends) !== 'ERR_EXECUTOR_CLOSED' || executor.stats().queued !== 0) console.log(await ends, executor.stats());
    }
    console.log('answered');`;
  expect(await runText(program)).toMatchObject({ exitCode: 0, stderr: '', stdout: 'answered\n' });
});
