import { setTimeout as sleep } from 'node:timers/promises';
import * as tasks from '../../fixtures/faults/tasks.mjs';

const words = () => new Int32Array(new SharedArrayBuffer(16));
const ranTooLong = (ms) => ({
  error: 'TaskTimeoutError',
  code: 'ERR_TASK_TIMEOUT',
  says: new RegExp(`ran longer than ${ms} ms \\(timeout\\)`),
});

export const timeouts = [
  {
    fault: 'runs longer than its `timeout`, in a loop',
    play: ({ run }) => run.with({ timeout: 60 })(tasks.hangInLoop),
    gets: ranTooLong(60),
  },
  {
    fault: 'runs longer than its `timeout`, in `Atomics.wait`',
    play: ({ run }) => run.with({ timeout: 60 })(tasks.hangInWait),
    gets: ranTooLong(60),
  },
  {
    fault: 'runs longer than its `timeout`, in a regular expression',
    play: ({ run }) => run.with({ timeout: 60 })(tasks.hangInRegExp),
    gets: ranTooLong(60),
  },
  {
    fault: 'runs longer than its `timeout`, in a promise that never settles',
    play: ({ run }) => run.with({ timeout: 60 })(tasks.never),
    gets: ranTooLong(60),
  },
  {
    fault: 'runs longer than its `timeout`, with `retries: 3`',
    async play({ run }, assert) {
      const marks = words();
      await assert.rejects(run.with({ timeout: 60, retries: 3 })(tasks.hangInLoop, marks), { code: 'ERR_TASK_TIMEOUT' });
      await sleep(50);
      assert.equal(marks[0], 1);
    },
    gets: '`TaskTimeoutError`; it is not run again',
  },
  {
    fault: 'waits longer than its `timeout`, and then runs shorter',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const holding = run(tasks.doze, 200);
      assert.equal(await run.with({ timeout: 100 })(tasks.echo, 1), 1);
      await holding;
    },
    gets: 'its result: the wait does not count',
  },
  {
    fault: 'waits behind others in the same message longer than its `timeout`',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      for (let i = 0; i < 100; i++) await run(tasks.doze, 0);
      const before = Array.from({ length: 20 }, () => run(tasks.doze, 8));
      assert.equal(await run.with({ timeout: 60 })(tasks.doze, 0, 'mine'), 'mine');
      await Promise.all(before);
    },
    gets: 'its result: the wait does not count',
  },
  {
    fault: 'waits longer than its `queueTimeout`',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const marks = words();
      const holding = run(tasks.doze, 200);
      const call = run.with({ queueTimeout: 30 })(tasks.mark, marks);
      await Promise.all([assert.rejects(call, { code: 'ERR_TASK_TIMEOUT', message: /waited longer than 30 ms/ }), holding]);
      assert.equal(marks[0], 0);
    },
    gets: '`TaskTimeoutError`; it never starts',
  },
  {
    fault: 'waits longer than its `queueTimeout` behind a task that hangs',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const hanging = run.with({ timeout: 200 })(tasks.hangInLoop);
      const call = run.with({ queueTimeout: 30 })(tasks.echo, 1);
      await Promise.all([assert.rejects(call, { code: 'ERR_TASK_TIMEOUT' }), assert.rejects(hanging, { code: 'ERR_TASK_TIMEOUT' })]);
    },
    gets: '`TaskTimeoutError`, while the other still hangs',
  },
  {
    fault: 'started within its `queueTimeout`, and runs longer than that',
    async play({ run }, assert) {
      await run(tasks.echo, 1);
      assert.equal(await run.with({ queueTimeout: 100 })(tasks.doze, 250, 'long'), 'long');
    },
    gets: 'its result',
  },
  {
    fault: 'is sent at once, taken back for a more urgent one, and waits longer than its `queueTimeout`',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      for (let i = 0; i < 60; i++) await run(tasks.echo, i);
      const marks = words();
      await run(tasks.mark, marks);
      const calls = [];
      for (let i = 0; i < 20; i++) {
        calls.push(
          run
            .with({ queueTimeout: 40 })(tasks.mark, marks)
            .then(
              () => 'ran',
              (error) => error.code,
            ),
        );
        calls.push(
          run
            .with({ priority: 1 })(tasks.doze, 10)
            .then(() => 'urgent'),
        );
      }
      const ends = await Promise.all(calls);
      assert.ok(ends.every((end) => ['ran', 'urgent', 'ERR_TASK_TIMEOUT'].includes(end)));
      assert.equal(marks[0], 1 + ends.filter((end) => end === 'ran').length, 'what was refused never started');
    },
    gets: 'its result or `TaskTimeoutError`; never both',
  },
  {
    fault: 'times out with a `gracePeriod`, and ends by itself',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const thread = await run(tasks.whichThread);
      const marks = words();
      await assert.rejects(run.with({ timeout: 50, gracePeriod: 10_000 })(tasks.untilCancelled, marks), { code: 'ERR_TASK_TIMEOUT' });
      assert.equal(await run(tasks.whichThread), thread);
      assert.equal(marks[1], 1);
    },
    gets: '`TaskTimeoutError` at once; its thread lives on',
  },
  {
    fault: 'has `timeout: Infinity`',
    play: ({ run }) => run.with({ timeout: Number.POSITIVE_INFINITY, queueTimeout: Number.POSITIVE_INFINITY })(tasks.doze, 20, 'done'),
    gets: { value: 'done' },
  },
  {
    fault: 'has a `timeout` longer than timers can count',
    play: ({ run }) => run.with({ timeout: 2 ** 40, queueTimeout: 2 ** 40, gracePeriod: 2 ** 40 })(tasks.doze, 20, 'done'),
    gets: { value: 'done' },
  },
  {
    fault: 'the default `timeout` of its executor',
    options: { defaults: { timeout: 2_000 } },
    play: ({ run }) => run(tasks.hangInLoop),
    gets: ranTooLong(2_000),
  },
  {
    fault: 'an item of a map that hangs, with a `timeout`, when another item has failed',
    async play(executor, assert) {
      const shared = words();
      const items = [0, 1].map((item) => ({ words: shared, item }));
      await executor.warmUp(tasks.throwsBesideAHang);
      // Its own time-out, maybe, on a busy machine.
      await assert.rejects(executor.map(tasks.throwsBesideAHang, items, { chunkSize: 1, timeout: 400 }).toArray());
      await executor.close();
    },
    others: null,
    gets: "the map's first failure; the thread of the item that hangs is ended by its `timeout`, and `close()` resolves",
  },
];
