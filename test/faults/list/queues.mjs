import { setTimeout as sleep } from 'node:timers/promises';
import { Executor } from 'run-in-executor';
import * as tasks from '../../fixtures/faults/tasks.mjs';

const words = () => new Int32Array(new SharedArrayBuffer(16));
/** Of a map, at its most, for items that take no time. */
const LARGEST_CHUNK = 16_384;
const isFull = { code: 'ERR_QUEUE_FULL', name: 'QueueFullError' };

export const queues = [
  {
    fault: 'one task more than `maxQueue: 3` holds',
    options: { maxThreads: 1, maxQueue: 3 },
    others: null,
    async play({ run }, assert) {
      const taken = [run(tasks.doze, 60, 0), ...[1, 2, 3].map((i) => run(tasks.echo, i))];
      const more = run(tasks.echo, 4);
      const [, values] = await Promise.all([assert.rejects(more, isFull), Promise.all(taken)]);
      assert.deepEqual(values, [0, 1, 2, 3]);
      assert.equal(await run(tasks.echo, 5), 5);
      return more;
    },
    gets: { error: 'QueueFullError', code: 'ERR_QUEUE_FULL', says: /queue of faulty is full \(maxQueue 3\)/, way: /ready\(\)/ },
  },
  {
    fault: 'a task that waits, with `maxQueue: 0`',
    options: { maxThreads: 1, maxQueue: 0 },
    others: null,
    async play({ run }, assert) {
      const marks = words();
      const only = run(tasks.doze, 40, 'only');
      await assert.rejects(run(tasks.mark, marks), isFull);
      assert.equal(await only, 'only');
      await sleep(20);
      assert.equal(marks[0], 0, 'what was refused never runs');
      assert.equal(await run(tasks.mark, marks), 1);
    },
    gets: '`QueueFullError`, and it never runs',
  },
  {
    fault: 'places that an abort gives back',
    options: { maxThreads: 1, maxQueue: 2 },
    others: null,
    async play({ run }, assert) {
      const controller = new AbortController();
      const holding = run(tasks.doze, 60, 'held');
      const waiting = [1, 2].map(() =>
        run
          .with({ signal: controller.signal })(tasks.echo, 1)
          .catch(() => 'aborted'),
      );
      await assert.rejects(run(tasks.echo, 1), isFull);
      controller.abort();
      assert.deepEqual(await Promise.all([run(tasks.echo, 3), run(tasks.echo, 4), holding, ...waiting]), [
        3,
        4,
        'held',
        'aborted',
        'aborted',
      ]);
    },
    gets: 'its result: the place is free at once',
  },
  {
    fault: 'a producer that awaits `ready()`',
    options: { maxThreads: 2, maxQueue: 4 },
    others: null,
    async play(executor, assert) {
      const calls = [];
      for (let i = 0; i < 200; i++) {
        await executor.ready();
        calls.push(executor.run(tasks.echo, i));
      }
      assert.deepEqual(await Promise.all(calls), [...Array(200).keys()]);
    },
    gets: 'its results, none refused',
  },
  {
    fault: 'twenty producers that await `ready()`',
    options: { maxThreads: 2, maxQueue: 3 },
    others: null,
    async play(executor, assert) {
      const produce = async (id) => {
        for (let i = 0; i < 20; i++) {
          await executor.ready();
          assert.equal(await executor.run(tasks.doze, 1, id), id);
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, id) => produce(id)));
    },
    gets: 'its results, none refused',
  },
  {
    fault: '`ready()` is aborted',
    options: { maxThreads: 1, maxQueue: 0 },
    others: null,
    async play(executor, assert) {
      const reason = new tasks.OwnError('enough');
      const holding = executor.run(tasks.doze, 100);
      const controller = new AbortController();
      const waiting = executor.ready({ signal: controller.signal });
      const next = executor.ready();
      controller.abort(reason);
      await assert.rejects(waiting, (error) => error === reason);
      await holding;
      await next;
      await assert.rejects(executor.ready({ signal: AbortSignal.abort(reason) }), (error) => error === reason);
    },
    gets: '`signal.reason`; the next one in line gets the place',
  },
  {
    fault: 'the executor is closed while somebody awaits `ready()`',
    options: { maxThreads: 1, maxQueue: 0 },
    others: null,
    async play(executor, assert) {
      const holding = executor.run(tasks.doze, 60, 'held');
      const waiting = executor.ready();
      const closing = executor.close();
      await waiting;
      await assert.rejects(executor.run(tasks.echo, 1), { code: 'ERR_EXECUTOR_CLOSED' });
      assert.equal(await holding, 'held');
      await closing;
    },
    gets: 'its turn; its next call says that the executor is closed',
  },
  {
    fault: 'calls in the loop over a stream, at a limit of 1',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const results = [];
      for await (const n of run.stream(tasks.numbers, 100)) results.push(await run(tasks.echo, n));
      assert.deepEqual(results, [...Array(100).keys()]);
    },
    gets: 'its result: the generator runs when its consumer wants more',
  },
  {
    fault: 'calls while a stream waits for its consumer, with `maxQueue: 0`',
    options: { maxThreads: 1, maxQueue: 0 },
    others: null,
    async play(executor, assert) {
      const items = executor.stream(tasks.numbers, 100);
      let taken = 0;
      for await (const _item of items) {
        if (taken++ % 25 > 0) continue;
        for (let { running, queued } = executor.stats(); running + queued > 0; { running, queued } = executor.stats()) await sleep(1);
        assert.equal(await executor.run(tasks.echo, taken), taken);
      }
      assert.equal(taken, 100);
    },
    gets: 'its result: the place of the stream is free meanwhile',
  },
  {
    fault: 'equal priorities, at a limit of 1',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      const order = [];
      await Promise.all(Array.from({ length: 300 }, (_, i) => run(tasks.echo, i).then((value) => order.push(value))));
      assert.deepEqual(order, [...Array(300).keys()]);
    },
    gets: 'its result, first in first out',
  },
  {
    fault: 'equal priorities, at a limit of 1, and one that was known to be short is long this time',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      for (let i = 0; i < 300; i++) await run(tasks.doze, 0, i);
      const order = [];
      // Those behind it are taken back from its thread, and were there before those that never went.
      await Promise.all(Array.from({ length: 300 }, (_, i) => run(tasks.doze, i === 20 ? 300 : 0, i).then((value) => order.push(value))));
      assert.deepEqual(order, [...Array(300).keys()]);
    },
    gets: 'its result, first in first out',
  },
  {
    fault: 'a more urgent task, with 200 waiting',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      for (let i = 0; i < 100; i++) await run(tasks.echo, i);
      const order = [];
      const holding = run(tasks.doze, 30);
      const calls = Array.from({ length: 200 }, (_, i) => run(tasks.echo, i).then((value) => order.push(value)));
      calls.push(
        run
          .with({ priority: 5 })(tasks.echo, 'urgent')
          .then((value) => order.push(value)),
      );
      calls.push(
        run
          .with({ priority: -5 })(tasks.echo, 'idle')
          .then((value) => order.push(value)),
      );
      await Promise.all([holding, ...calls]);
      assert.equal(order.indexOf('urgent') <= 1, true, `it came ${order.indexOf('urgent')}th`);
      assert.equal(order.at(-1), 'idle');
    },
    gets: 'its result, before those that wait',
  },
  {
    fault: 'a more urgent task, with 100 sent ahead',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      const warm = words();
      for (let i = 0; i < 200; i++) await run(tasks.mark, warm);
      let overtaken = 0;
      for (let round = 0; round < 10; round++) {
        const marks = words();
        const calls = Array.from({ length: 100 }, () => run(tasks.mark, marks));
        await new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
        const urgent = run.with({ priority: 1 })(tasks.mark, marks);
        const before = Atomics.load(marks, 0);
        // One may have been claimed at that very moment.
        overtaken += Math.max(0, (await urgent) - before - 2);
        await Promise.all(calls);
      }
      assert.equal(overtaken, 0, `it waited for ${overtaken} less urgent ones`);
    },
    gets: 'its result, before those that were sent ahead and have not started',
  },
  {
    fault: 'a flood of 20,000 tiny calls beside one caller that awaits each of its calls',
    options: { maxThreads: 2 },
    others: null,
    async play({ run }, assert) {
      const flood = Promise.all(Array.from({ length: 20_000 }, (_, i) => run(tasks.echo, i)));
      for (let i = 0; i < 20; i++) assert.equal(await run.with({ priority: 1 })(tasks.echo, i), i);
      assert.equal((await flood).length, 20_000);
    },
    gets: 'its results, all of them',
  },
  {
    fault: 'a map of a million items beside one caller that awaits each of its calls',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      const enough = new AbortController();
      let read = 0;
      let done = 0;
      function* items() {
        while (read < 1e6) yield read++;
      }
      const onProgress = (progress) => {
        done = progress.done;
      };
      const map = run.with({ signal: enough.signal }).map(tasks.echo, items(), { onProgress });
      const end = map.toArray().then(
        () => 'all',
        (error) => error.name,
      );
      for (let i = 0; i < 20; i++) {
        const readBefore = read;
        assert.equal(await run(tasks.echo, i), i);
        assert.ok(done <= readBefore + LARGEST_CHUNK, `${done - readBefore} items went first that were not there before it`);
      }
      enough.abort();
      assert.ok(['all', 'AbortError'].includes(await end));
    },
    gets: 'its result, before any item that was not there before it',
  },
  {
    fault: '`resize(4)` while 20 tasks wait',
    options: { maxThreads: 1 },
    others: null,
    async play(executor, assert) {
      const calls = Array.from({ length: 20 }, () => executor.run(tasks.whichThread, 40));
      await sleep(5);
      executor.resize(4);
      const ids = new Set(await Promise.all(calls));
      assert.ok(ids.size > 1 && ids.size <= 4, `${ids.size} threads`);
    },
    gets: 'its result; more run at once',
  },
  {
    fault: '`resize(1)` while four tasks run',
    options: { maxThreads: 4 },
    others: null,
    async play(executor, assert) {
      await executor.warmUp();
      const running = Array.from({ length: 4 }, (_, i) => executor.run(tasks.doze, 80, i));
      await sleep(20);
      executor.resize(1);
      const waiting = Array.from({ length: 8 }, () => executor.run(tasks.whichThread, 10));
      assert.deepEqual(await Promise.all(running), [0, 1, 2, 3], 'what runs, finishes');
      const ids = await Promise.all(waiting);
      assert.equal(new Set(ids.slice(1)).size, 1, 'then one at a time');
    },
    gets: 'its result: what runs, finishes; then one runs at a time',
  },
  {
    fault: '`resize(1)` under a flood of short calls on three threads',
    options: { maxThreads: 3 },
    others: null,
    async play(executor, assert) {
      const marks = new Int32Array(new SharedArrayBuffer(16));
      for (let i = 0; i < 30; i++) await executor.run(tasks.together, marks, 0.2);
      const calls = Array.from({ length: 600 }, () => executor.run(tasks.together, marks, 0.5));
      // By count, not by the clock: an idle machine has done them all before a loaded one has begun.
      await calls[150];
      executor.resize(1);
      const most = await Promise.all(calls);
      assert.deepEqual(new Set(most.slice(-100)), new Set([1]), 'what starts long after it, runs alone');
    },
    gets: 'its result; soon no more than one runs at a time',
  },
  {
    fault: '`resize(1)`, five times, while three threads run what is short enough to be sent ahead',
    options: { maxThreads: 3 },
    others: null,
    async play(executor, assert) {
      await executor.warmUp(tasks.togetherLate);
      const marks = words();
      for (let i = 0; i < 10; i++) await executor.run(tasks.togetherLate, marks, 3);
      let beside = 0;
      for (let round = 0; round < 5; round++) {
        executor.resize(3);
        await executor.warmUp();
        Atomics.store(marks, 2, 0);
        const calls = Array.from({ length: 30 }, () => executor.run(tasks.togetherLate, marks, 3));
        let over = false;
        calls.at(-1).then(() => (over = true));
        while (Atomics.load(marks, 1) < 3 && !over) await new Promise((resolve) => setImmediate(resolve));
        executor.resize(1);
        Atomics.store(marks, 2, 1);
        beside += (await Promise.all(calls)).filter((late) => late > 1).length;
      }
      // What a thread claims at the very moment of the `resize` starts a little later.
      assert.ok(beside <= 3, `${beside} calls that started after it ran beside others`);
    },
    gets: 'its result; what starts after it, runs alone',
  },
  {
    fault: '`resize` up and down, ten times over, under a flood of short calls',
    options: { maxThreads: 2 },
    others: null,
    async play(executor, assert) {
      const calls = [];
      for (let i = 0; i < 10; i++) {
        for (let n = 0; n < 100; n++) calls.push(executor.run(tasks.echo, n));
        executor.resize((i % 4) + 1);
        await sleep(3);
      }
      const values = await Promise.all(calls);
      values.forEach((value, i) => {
        assert.equal(value, i % 100);
      });
    },
    gets: 'its result',
  },
  {
    fault: '`resize` up and down every millisecond, until 600 short calls have ended',
    options: { maxThreads: 2 },
    others: null,
    async play(executor, assert) {
      const calls = Promise.all(Array.from({ length: 600 }, (_, n) => executor.run(tasks.doze, 0.2, n)));
      let over = false;
      calls.finally(() => (over = true));
      for (let i = 0; !over; i++) {
        executor.resize((i % 4) + 1);
        await sleep(1);
      }
      assert.deepEqual(await calls, [...Array(600).keys()]);
    },
    gets: 'its result: a thread that serves is kept, one that has not started yet goes first',
  },
  {
    fault: 'a task that calls its own executor, at a limit of 1',
    options: { maxThreads: 1 },
    play: ({ run }) => run(tasks.nestedCall, 3),
    gets: { value: 6 },
  },
  {
    fault: 'an executor that is never used',
    options: 'none',
    async play(assert) {
      const executor = new Executor({ maxThreads: 2 });
      await executor.close();
      await executor.terminate();
      await assert.rejects(executor.run(tasks.echo, 1), { code: 'ERR_EXECUTOR_CLOSED' });
      const another = new Executor({ maxThreads: 2 });
      await another.ready();
      another.resize(3);
      await another.close();
    },
    gets: 'nothing to wait for: `close()` resolves',
  },
];
