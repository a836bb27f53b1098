import { setTimeout as sleep } from 'node:timers/promises';
import * as tasks from '../../fixtures/faults/tasks.mjs';

const words = () => new Int32Array(new SharedArrayBuffer(16));
const uncloneable = new WeakMap();
const isClosed = { code: 'ERR_EXECUTOR_CLOSED', name: 'ExecutorClosedError' };

export const shutdown = [
  {
    fault: 'submitted after `close()`',
    others: null,
    async play(executor, assert) {
      await executor.close();
      assert.equal(executor.closed, true);
      return executor.run(tasks.echo, 1);
    },
    gets: { error: 'ExecutorClosedError', code: 'ERR_EXECUTOR_CLOSED', says: /faulty is closed/, way: /make a new executor/ },
  },
  {
    fault: 'submitted while `close()` drains',
    others: null,
    async play(executor, assert) {
      const running = executor.run(tasks.doze, 60, 'ran');
      const closing = executor.close();
      await assert.rejects(executor.run(tasks.echo, 1), isClosed);
      assert.equal(await running, 'ran');
      await closing;
    },
    gets: '`ExecutorClosedError`; what was taken finishes',
  },
  {
    fault: '`close()` with 4 running and 200 waiting',
    options: { maxThreads: 4 },
    others: null,
    async play(executor, assert) {
      const calls = Array.from({ length: 204 }, (_, i) => executor.run(tasks.doze, i < 4 ? 60 : 1, i));
      await executor.close();
      const ends = await Promise.allSettled(calls);
      assert.deepEqual(
        ends.map(({ value }) => value),
        [...Array(204).keys()],
      );
    },
    gets: 'its result: all that was taken finishes',
  },
  {
    fault: '`close()` before any thread has started',
    others: null,
    async play(executor, assert) {
      const calls = [executor.run(tasks.echo, 1), executor.run(tasks.echo, 2)];
      await executor.close();
      assert.deepEqual(await Promise.all(calls), [1, 2]);
    },
    gets: 'its result',
  },
  {
    fault: '`close({ timeout })` with a task that hangs',
    others: null,
    async play(executor, assert) {
      const short = executor.run(tasks.echo, 1);
      assert.equal(await short, 1);
      const hanging = executor.run(tasks.hangInLoop);
      await Promise.all([executor.close({ timeout: 200 }), assert.rejects(hanging, isClosed)]);
    },
    gets: '`ExecutorClosedError`, when the time is up; `close()` resolves',
  },
  {
    fault: '`close()` with a task that hangs, then `terminate()`',
    others: null,
    async play(executor, assert) {
      const hanging = executor.run(tasks.hangInWait);
      const closing = executor.close();
      await sleep(100);
      await Promise.all([executor.terminate(), assert.rejects(hanging, isClosed), closing]);
    },
    gets: '`ExecutorClosedError`; both promises resolve',
  },
  {
    fault: '`close()`, five times at once and once more',
    others: null,
    async play(executor, assert) {
      const call = executor.run(tasks.doze, 30, 'done');
      await Promise.all(Array.from({ length: 5 }, () => executor.close()));
      await executor.close();
      await executor[Symbol.asyncDispose]();
      assert.equal(await call, 'done');
    },
    gets: 'its result; each `close()` resolves',
  },
  {
    fault: '`terminate()` with some running, some sent ahead, some waiting',
    options: { maxThreads: 2 },
    others: null,
    async play(executor, assert) {
      for (let i = 0; i < 60; i++) await executor.run(tasks.echo, i);
      const marks = words();
      const calls = [
        executor.run(tasks.hangInLoop),
        executor.run(tasks.hangInWait),
        ...Array.from({ length: 300 }, () => executor.run(tasks.mark, marks)),
      ];
      const ends = Promise.allSettled(calls);
      await sleep(20);
      await executor.terminate();
      const after = marks[0];
      for (const { status, reason } of await ends) assert.ok(status === 'fulfilled' || reason.code === 'ERR_EXECUTOR_CLOSED');
      await sleep(30);
      assert.equal(marks[0], after, 'nothing runs afterwards');
    },
    gets: '`ExecutorClosedError`, at once; nothing runs afterwards',
  },
  {
    fault: '`close()` in the loop over a map',
    options: { maxThreads: 1 },
    others: null,
    async play(executor, assert) {
      const results = [];
      let closing;
      for await (const n of executor.map(tasks.echo, Array(200).keys(), { chunkSize: 5, lookahead: 10 })) {
        closing ??= executor.close();
        results.push(n);
      }
      await closing;
      assert.deepEqual(results, [...Array(200).keys()]);
    },
    gets: 'all its results: a map that has begun is finished',
  },
  {
    fault: '`close()` while a map waits for its next item, and nothing runs',
    options: { maxThreads: 1 },
    others: null,
    async play(executor, assert) {
      let closing;
      async function* items() {
        yield* [0, 1];
        while (executor.stats().running + executor.stats().queued > 0) await sleep(1);
        closing = executor.close();
        // It may not end before the map does.
        assert.equal(await Promise.race([closing.then(() => 'closed'), sleep(200)]), undefined);
        yield* [2, 3];
      }
      assert.deepEqual(await executor.map(tasks.echo, items(), { chunkSize: 1 }), [0, 1, 2, 3]);
      await closing;
    },
    gets: 'all its results: a map that has begun is finished',
  },
  {
    fault: '`close()` of an executor that never ran anything, and whose initializer cannot cross',
    options: { initializer: () => uncloneable.has({}) },
    others: null,
    async play(executor) {
      await executor.close();
    },
    gets: 'nothing: `close()` resolves',
  },
  {
    fault: '`terminate()`, three times at once and once more',
    others: null,
    async play(executor, assert) {
      const call = executor.run(tasks.hangInLoop);
      const refused = assert.rejects(call, isClosed);
      await Promise.all([executor.terminate(), executor.terminate(), executor.terminate()]);
      await executor.terminate();
      await executor.close();
      await refused;
    },
    gets: '`ExecutorClosedError`; each `terminate()` resolves',
  },
  {
    fault: '`terminate()` while threads start',
    others: null,
    async play(executor, assert) {
      const calls = [1, 2, 3].map((i) => executor.run(tasks.echo, i));
      const refused = Promise.all(calls.map((call) => assert.rejects(call, isClosed)));
      await executor.terminate();
      await refused;
    },
    gets: '`ExecutorClosedError`',
  },
  {
    fault: '`close()` while tasks are submitted, aborted and crash',
    options: { maxThreads: 3 },
    others: null,
    async play(executor, assert) {
      const controller = new AbortController();
      const calls = [];
      const submit = (i) => {
        calls.push(
          executor.run(tasks.echo, i).then(
            () => 'ok',
            (error) => error.code,
          ),
        );
        if (i % 10 === 0)
          calls.push(
            executor.run(tasks.exit, 1).then(
              () => 'ok',
              (error) => error.code,
            ),
          );
        if (i % 7 === 0)
          calls.push(
            executor.run
              .with({ signal: controller.signal })(tasks.hangInWait)
              .then(
                () => 'ok',
                (error) => error.code,
              ),
          );
      };
      for (let i = 0; i < 40; i++) submit(i);
      await sleep(30);
      const closing = executor.close();
      for (let i = 0; i < 20; i++) submit(i);
      await sleep(5);
      controller.abort(Object.assign(new Error('aborted'), { code: 'ABORTED' }));
      const ends = await Promise.all(calls);
      await closing;
      assert.ok(
        ends.every((end) => ['ok', 'ERR_THREAD_EXITED', 'ERR_EXECUTOR_CLOSED', 'ABORTED'].includes(end)),
        [...new Set(ends)].join(),
      );
    },
    gets: 'its own result, error or abort; none is forgotten',
  },
  {
    fault: '`close()` while an aborted task runs on, with `gracePeriod: Infinity`',
    others: null,
    async play(executor, assert) {
      const controller = new AbortController();
      const marks = words();
      const call = executor.run.with({ signal: controller.signal, gracePeriod: Number.POSITIVE_INFINITY })(tasks.markTwice, marks, 1_500);
      while (Atomics.load(marks, 0) === 0) await sleep(1);
      controller.abort('enough');
      await assert.rejects(call, (error) => error === 'enough');
      await executor.close();
      assert.equal(Atomics.load(marks, 1), 1, 'it was ended before its time');
    },
    gets: '`signal.reason` at once; `close()` waits for its end',
  },
  {
    fault: '`close()` when a task has left behind what blocks its thread for ever',
    others: null,
    async play(executor, assert) {
      const marks = words();
      assert.equal(await executor.run(tasks.blockForEver, marks), 'returned');
      while (Atomics.load(marks, 0) === 0) await sleep(1);
      await executor.close();
    },
    gets: 'its result; `close()` ends the thread after 5 s',
  },
  {
    fault: '`close()` while the only thread dies again and again',
    options: { maxThreads: 1 },
    others: null,
    async play(executor, assert) {
      const calls = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? executor.run(tasks.exit, 1) : executor.run(tasks.echo, i)));
      const ends = Promise.allSettled(calls);
      await executor.close();
      (await ends).forEach(({ status, value }, i) => {
        assert.equal(status, i % 2 === 0 ? 'rejected' : 'fulfilled');
        if (i % 2 === 1) assert.equal(value, i);
      });
    },
    gets: 'its own end; the others finish',
  },
  {
    fault: '`await using`',
    options: 'none',
    async play(assert) {
      const { Executor } = await import('run-in-executor');
      const executor = new Executor({ maxThreads: 1 });
      const call = executor.run(tasks.doze, 40, 'done');
      await executor[Symbol.asyncDispose]();
      assert.equal(await call, 'done');
    },
    gets: 'its result: the block ends when all that was taken has finished',
  },
  {
    fault: '`resize()`, `ready()`, `warmUp()` and `stats()` after `close()`',
    others: null,
    async play(executor, assert) {
      await executor.run(tasks.echo, 1);
      await executor.close();
      executor.resize(3);
      await executor.ready();
      await assert.rejects(executor.warmUp(tasks.echo), isClosed);
      assert.equal(executor.stats().running, 0);
      assert.equal(executor.stats().threads.alive, 0);
    },
    gets: 'no thread starts; `warmUp()` rejects',
  },
  {
    fault: '`close({ timeout })` of a deadline that is over, below 0',
    others: null,
    async play(executor, assert) {
      const hanging = executor.run(tasks.hangInLoop);
      await Promise.all([executor.close({ timeout: -5 }), assert.rejects(hanging, isClosed)]);
    },
    gets: '`ExecutorClosedError`, at once; `close()` resolves',
  },
  {
    fault: '`terminate()` while `warmUp()` waits for threads to start',
    others: null,
    async play(executor, assert) {
      const warming = executor.warmUp(tasks.echo);
      await Promise.all([executor.terminate(), assert.rejects(warming, isClosed)]);
    },
    gets: '`ExecutorClosedError` from `warmUp()`',
  },
];
