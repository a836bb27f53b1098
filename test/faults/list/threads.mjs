import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { transfer } from 'run-in-executor';
import * as tasks from '../../fixtures/faults/tasks.mjs';

const exited = (exitCode, ...says) => ({ error: 'ThreadExitedError', code: 'ERR_THREAD_EXITED', exitCode, says });
const words = () => new Int32Array(new SharedArrayBuffer(16));
const way = /throw an error instead/;

export const threads = [
  {
    fault: 'calls `process.exit(0)`',
    play: ({ run }) => run(tasks.exit, 0),
    gets: { ...exited(0, /exit ended its thread by process\.exit\(0\)/), way },
  },
  { fault: 'calls `process.exit(3)`', play: ({ run }) => run(tasks.exit, 3), gets: { ...exited(3, /process\.exit\(3\)/), way } },
  {
    fault: 'calls `process.exit()` from a timer',
    play: ({ run }) => run(tasks.exitLater, 4),
    gets: { ...exited(4, /process\.exit\(4\)/), way },
  },
  {
    fault: 'calls `process.reallyExit()`',
    play: ({ run }) => run(tasks.reallyExit, 6),
    gets: { error: 'ThreadExitedError', code: 'ERR_THREAD_EXITED' },
  },
  { fault: 'sets `process.exitCode`', play: ({ run }) => run(tasks.setsExitCode, 5), gets: { value: 'returned' } },
  {
    fault: 'calls `process.abort()`',
    play: ({ run }) => run(tasks.abortProcess),
    gets: { error: 'TypeError', code: 'ERR_WORKER_UNSUPPORTED_OPERATION', says: /not supported in workers/ },
  },
  {
    fault: 'loads native code that is none',
    play: ({ run }) => run(tasks.loadNoAddon),
    gets: { error: 'Error', code: 'ERR_DLOPEN_FAILED' },
  },
  { fault: 'sends its process signal 0', play: ({ run }) => run(tasks.killItself), gets: { value: true } },
  {
    fault: 'needs more memory than `resourceLimits` allow',
    options: { resourceLimits: { maxOldGenerationSizeMb: 24 } },
    play: ({ run }) => run(tasks.outOfMemory),
    gets: {
      error: 'ThreadOutOfMemoryError',
      code: 'ERR_THREAD_OUT_OF_MEMORY',
      says: /outOfMemory needed more memory/,
      way: /resourceLimits/,
    },
  },
  {
    fault: 'is given more than its thread has memory for, as the first call of an executor',
    options: { maxThreads: 1, resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 }, name: 'one-heap' },
    others: null,
    async play({ run }, assert) {
      let ended = 0;
      const count = ({ executor }) => {
        if (executor === 'one-heap') ended++;
      };
      subscribe('run-in-executor:thread:exit', count);
      const rows = Array.from({ length: 400_000 }, (_, i) => ({ i, name: `the ${i}th` }));
      await assert.rejects(run(tasks.echo, rows), { code: 'ERR_THREAD_OUT_OF_MEMORY' });
      unsubscribe('run-in-executor:thread:exit', count);
      // A heap takes its time to fill: one thread is enough to know.
      assert.equal(ended, 1);
    },
    gets: '`ThreadOutOfMemoryError` (`ERR_THREAD_OUT_OF_MEMORY`), after one thread has ended',
  },
  {
    fault: 'is given more than its thread has memory for, by `resourceLimits`',
    options: { maxThreads: 2, resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 } },
    // Sent when a thread is there, from the queue: what waits there is sent again where its thread dies before it starts.
    play: ({ run }) =>
      run(
        tasks.echo,
        // No table, and nothing that is written while it waits: the call would be there already when its objects are made.
        [new URL('https://example.org'), ...Array.from({ length: 400_000 }, (_, i) => (i % 2 === 0 ? { i } : { name: `the ${i}th` }))],
      ),
    gets: {
      error: 'ThreadOutOfMemoryError',
      code: 'ERR_THREAD_OUT_OF_MEMORY',
      says: /as it received its arguments/,
      way: /resourceLimits/,
    },
  },
  {
    fault: 'exits, with an exit handler that never ends, with a `timeout`',
    play: ({ run }) => run.with({ timeout: 150 })(tasks.exitForEver),
    gets: { error: 'TaskTimeoutError', code: 'ERR_TASK_TIMEOUT' },
  },
  {
    fault: 'exits, with an exit handler that throws, at a limit of 1',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const startedAt = performance.now();
      await assert.rejects(run(tasks.exitHandlerThrows), { name: 'OwnError' });
      assert.deepEqual(await Promise.all([run(tasks.echo, 1), run(tasks.echo, 2), run(tasks.echo, 3)]), [1, 2, 3]);
      // The thread was of no use to anybody.
      assert.ok(performance.now() - startedAt < 4_000);
    },
    gets: 'what the handler threw; its thread is replaced',
  },
  {
    fault: 'makes microtasks for ever, with a `timeout`',
    play: ({ run }) => run.with({ timeout: 100 })(tasks.microtasksForEver),
    gets: { error: 'TaskTimeoutError', code: 'ERR_TASK_TIMEOUT' },
  },
  {
    fault: 'has its thread killed from outside while it runs',
    async play({ run }, assert) {
      const id = await run(tasks.whichThread);
      const killed = new Promise((resolve) => process.once('worker', resolve));
      void id;
      const marks = words();
      const call = run(tasks.exitOnce, marks, 0);
      await assert.rejects(call, { code: 'ERR_THREAD_EXITED' });
      void killed;
    },
    gets: '`ThreadExitedError`',
  },
  {
    fault: 'exits, with 200 calls waiting behind it on one thread',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const calls = Array.from({ length: 200 }, (_, i) => (i === 50 ? run(tasks.exit, 1) : run(tasks.echo, i)));
      const outcomes = await Promise.allSettled(calls);
      assert.equal(outcomes[50].reason.code, 'ERR_THREAD_EXITED');
      outcomes.splice(50, 1);
      assert.ok(
        outcomes.every(({ status }) => status === 'fulfilled'),
        'only the one that exits fails',
      );
    },
    gets: '`ThreadExitedError`, exitCode 1',
  },
  {
    fault: 'exits, after 100 short calls in the same message have ended',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      for (let i = 0; i < 100; i++) await run(tasks.echo, i);
      for (let i = 0; i < 30; i++) await run.with({ name: 'once' })(tasks.exitOnce, new Int32Array(new SharedArrayBuffer(16)).fill(1), 1);
      const marks = words();
      const calls = Array.from({ length: 100 }, (_, i) => run(tasks.echo, i));
      const exit = run(tasks.exitOnce, marks, 1);
      const more = Array.from({ length: 100 }, (_, i) => run(tasks.echo, i));
      await assert.rejects(exit, { code: 'ERR_THREAD_EXITED' });
      assert.deepEqual(await Promise.all([...calls, ...more]), [...Array(100).keys(), ...Array(100).keys()]);
    },
    gets: '`ThreadExitedError`; no result of those before it is lost',
  },
  {
    fault: 'hangs, after 100 short calls in the same message have ended',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      for (let i = 0; i < 100; i++) await run(tasks.echo, i);
      const calls = Array.from({ length: 100 }, (_, i) => run(tasks.echo, i));
      const hang = run.with({ timeout: 150 })(tasks.hangInWait);
      assert.deepEqual(await Promise.all(calls), [...Array(100).keys()]);
      await assert.rejects(hang, { code: 'ERR_TASK_TIMEOUT' });
    },
    gets: '`TaskTimeoutError`; no result of those before it is lost, and they come while it hangs',
  },
  {
    fault: 'exits while a stream waits for its consumer on its thread',
    options: { maxThreads: 1 },
    async play(executor, assert) {
      const items = executor.stream(tasks.numbers, 100);
      await items.next();
      while (executor.stats().running > 0) await sleep(1);
      await assert.rejects(executor.run(tasks.exit, 1), { code: 'ERR_THREAD_EXITED' });
      await assert.rejects(
        async () => {
          for await (const _item of items);
        },
        { code: 'ERR_THREAD_EXITED', message: /waited for its consumer/ },
      );
    },
    gets: '`ThreadExitedError`, and so does the stream: it had lent its thread',
  },
  {
    fault: 'exits, with `retries: 2`, each time',
    async play({ run }, assert) {
      const marks = words();
      await assert.rejects(run.with({ retries: 2 })(tasks.exitAlways, marks, 1), { code: 'ERR_THREAD_EXITED', exitCode: 1 });
      assert.equal(marks[0], 3);
    },
    gets: '`ThreadExitedError` after three starts',
  },
  {
    fault: 'exits the first time, with `retries: 1`',
    async play({ run }, assert) {
      const marks = words();
      assert.equal(await run.with({ retries: 1 })(tasks.exitOnce, marks, 1), 2);
    },
    gets: 'the result of the second run',
  },
  {
    fault: 'exits without `retries`',
    async play({ run }, assert) {
      const marks = words();
      await assert.rejects(run(tasks.exitAlways, marks, 1), { code: 'ERR_THREAD_EXITED' });
      await sleep(20);
      assert.equal(marks[0], 1);
    },
    gets: '`ThreadExitedError`; it is not run again',
  },
  {
    fault: 'throws, with `retries: 3`',
    async play({ run }, assert) {
      await assert.rejects(run.with({ retries: 3 })(tasks.throwOwn), { code: 'OWN' });
    },
    gets: 'its error; what throws is not run again',
  },
  {
    fault: 'exits with `retries: 3`, and its arguments were transferred',
    async play({ run }, assert) {
      const marks = words();
      await assert.rejects(run.with({ retries: 3 })(tasks.exitAlways, marks, 1, transfer(new ArrayBuffer(8))), {
        code: 'ERR_THREAD_EXITED',
      });
      assert.equal(marks[0], 1);
    },
    gets: '`ThreadExitedError`: what was transferred cannot be sent again',
  },
  {
    fault: 'is long this time, with short calls sent behind it',
    options: { maxThreads: 2 },
    async play({ run }, assert) {
      await Promise.all([run(tasks.doze, 20), run(tasks.doze, 20)]);
      for (let i = 0; i < 300; i++) await run(tasks.doze, 0, i);
      const order = [];
      const calls = Array.from({ length: 200 }, (_, i) => run(tasks.doze, i === 20 ? 500 : 0, i).then((value) => order.push(value)));
      await Promise.all(calls);
      assert.equal(order.at(-1), 20, `${order.length - 1 - order.indexOf(20)} short calls waited for it`);
    },
    gets: 'the result; what was sent behind it runs on another thread',
  },
  {
    fault: 'exits in a thread that it leaves behind a timer for, while others run there',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      const marks = words();
      assert.equal(await run(tasks.exitAfterwards, marks), 'returned');
      const hit = await run(tasks.bringAboutTheExit, marks).catch((error) => error);
      assert.equal(hit.code, 'ERR_THREAD_EXITED');
      assert.equal(hit.exitCode, 7);
      assert.equal(await run(tasks.echo, 1), 1);
    },
    gets: 'its result; whoever runs on that thread when the timer exits it gets `ThreadExitedError`',
  },
  {
    fault: 'leaves an interval behind',
    options: { maxThreads: 1 },
    play: ({ run }) => run(tasks.intervalAfterwards),
    gets: { value: 'returned' },
  },
  {
    fault: 'leaves behind what blocks the thread for a while',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      assert.equal(await run(tasks.blockAfterwards, 100), 'returned');
      assert.equal(await run(tasks.echo, 1), 1);
    },
    gets: 'its result; the next task waits, or runs elsewhere',
  },
  {
    fault: 'leaves something behind that blocks its thread for ever',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      assert.equal(await run(tasks.blockAfterwards, Number.POSITIVE_INFINITY), 'returned');
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(await run(tasks.echo, 1), 1);
    },
    gets: 'its result; after 5 s the thread is ended, and the next task runs on another',
  },
  {
    fault: 'runs on a thread that has done its `maxTasksPerThread: 5`',
    options: { maxThreads: 2, maxTasksPerThread: 5 },
    async play({ run }, assert) {
      const ids = await Promise.all(Array.from({ length: 60 }, () => run(tasks.whichThread)));
      const counts = new Map();
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
      assert.ok(Math.max(...counts.values()) <= 5, `a thread ran ${Math.max(...counts.values())} tasks`);
    },
    gets: 'its result, on a new thread',
  },
  {
    fault: 'leaks, with `maxHeapPerThread: 64`',
    options: { maxThreads: 1, maxHeapPerThread: 64 },
    async play({ run }, assert) {
      const first = await run(tasks.leak, 96);
      const second = await run(tasks.whichThread);
      assert.notEqual(first, second);
    },
    gets: 'its result; the next runs on a new thread',
  },
  {
    fault: 'exits, ten at a time and fifty times over',
    options: { maxThreads: 4 },
    async play({ run }, assert) {
      const calls = Array.from({ length: 50 }, (_, i) =>
        i % 5 === 0 ? run(tasks.exit, 1).catch((error) => error.code) : run(tasks.echo, i),
      );
      const values = await Promise.all(calls);
      values.forEach((value, i) => {
        assert.equal(value, i % 5 === 0 ? 'ERR_THREAD_EXITED' : i);
      });
    },
    gets: '`ThreadExitedError`, each; all others finish',
  },
];
