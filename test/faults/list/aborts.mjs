import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fromModule, transfer } from 'run-in-executor';
import * as tasks from '../../fixtures/faults/tasks.mjs';
import { Gate } from '../../model/gates.mjs';
import { Ledger } from '../../model/ledger.mjs';

const words = () => new Int32Array(new SharedArrayBuffer(16));
const reason = new tasks.OwnError('nobody wants it any more');
const stuck = new URL('../../fixtures/faults/stuck.mjs', import.meta.url);
const isReason = (error) => error === reason;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Resolves when the task has written that it runs. */
async function started(marks) {
  while (Atomics.load(marks, 0) === 0) await sleep(1);
}

/** Of a call that has started, and may or may not end by itself. */
const running = (name, task, options = {}) => ({
  fault: `aborted while it runs, ${name}`,
  async play({ run }, assert) {
    const controller = new AbortController();
    const marks = words();
    const call = run.with({ ...options, signal: controller.signal })(task, marks);
    await started(marks);
    controller.abort(reason);
    await assert.rejects(call, isReason);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  },
  gets: '`signal.reason` itself, at once; its thread is replaced',
});

export const aborts = [
  {
    fault: 'aborted before it is called',
    async play({ run }, assert) {
      const marks = words();
      await assert.rejects(run.with({ signal: AbortSignal.abort(reason) })(tasks.mark, marks), isReason);
      await sleep(10);
      assert.equal(marks[0], 0);
    },
    gets: '`signal.reason`; it never starts',
  },
  {
    fault: 'aborted with a reason that is no error',
    async play({ run }, assert) {
      await assert.rejects(run.with({ signal: AbortSignal.abort('stop') })(tasks.echo, 1), (error) => error === 'stop');
      await assert.rejects(run.with({ signal: AbortSignal.abort(null) })(tasks.echo, 1), (error) => error === null);
    },
    gets: '`signal.reason` itself',
  },
  {
    fault: 'aborted in the turn of its call',
    async play({ run }, assert) {
      const controller = new AbortController();
      const marks = words();
      const call = run.with({ signal: controller.signal })(tasks.mark, marks);
      controller.abort(reason);
      await assert.rejects(call, isReason);
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
      await sleep(60);
      assert.equal(marks[0], 0);
    },
    gets: '`signal.reason`; it never starts, unless a thread that is awake has taken it within that turn',
  },
  {
    fault: 'aborted while it waits in the queue',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const before = words();
      const marks = words();
      const long = run(tasks.mark, before, 60);
      const call = run.with({ signal: controller.signal })(tasks.mark, marks);
      await started(before);
      controller.abort(reason);
      await assert.rejects(call, isReason);
      await long;
      assert.equal(marks[0], 0);
    },
    gets: '`signal.reason`; it never starts',
  },
  {
    fault: 'aborted while it waits in the queue, with others before and behind it',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const before = words();
      const long = run(tasks.mark, before, 60);
      const call = (value) => run(tasks.echo, value);
      const [first, aborted, ...behind] = [
        call('first'),
        run.with({ signal: controller.signal })(tasks.echo, 'aborted'),
        call('second'),
        call('third'),
      ];
      await started(before);
      controller.abort(reason);
      const later = call('fourth');
      await assert.rejects(aborted, isReason);
      assert.deepEqual(await Promise.all([first, ...behind, later]), ['first', 'second', 'third', 'fourth']);
      await long;
    },
    gets: '`signal.reason`; the others run',
  },
  {
    fault: 'aborted while its module is imported, which then ends',
    options: { maxThreads: 1 },
    async play(executor, assert) {
      const gate = new Gate();
      const ledger = new Ledger(1);
      const controller = new AbortController();
      await executor.run(tasks.echo, 'there is a thread');
      const call = executor.run.with({ signal: controller.signal })(gate.function, ledger.buffer, 0, 'number');
      while (executor.stats().running === 0) await sleep(1);
      controller.abort(reason);
      await assert.rejects(call, isReason);
      gate.open();
      assert.equal(await executor.run(tasks.echo, 'the next'), 'the next');
      assert.equal(ledger.starts(0), 0);
    },
    gets: '`signal.reason`; it is never called, and its thread goes on with the next',
  },
  {
    fault: 'aborted before its thread comes by, and its module never finishes to load',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      await run(tasks.echo, 'there is a thread');
      const call = run.with({ signal: controller.signal })(fromModule(stuck).fromStuck);
      controller.abort(reason);
      await assert.rejects(call, isReason);
      assert.equal(await run(tasks.echo, 'the next'), 'the next');
    },
    gets: '`signal.reason`; after 5 s its thread is ended, and the next task runs on another',
  },
  {
    fault: 'a stream is aborted while it waits for its consumer',
    options: { maxThreads: 1 },
    others: null,
    async play(executor, assert) {
      const controller = new AbortController();
      const items = executor.run.with({ signal: controller.signal }).stream(tasks.numbers, 1e6);
      assert.deepEqual(await items.next(), { done: false, value: 0 });
      // It has lent its thread.
      while (executor.stats().running > 0) await sleep(1);
      controller.abort(reason);
      // Which waits for all that its threads hold. The consumer does not come back before that.
      await executor.close();
      await assert.rejects(async () => {
        for await (const _item of items);
      }, isReason);
    },
    gets: '`signal.reason`; its generator ends, and `close()` does not wait for its consumer',
  },
  {
    fault: 'aborted when it has been sent ahead, behind others',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const marks = words();
      for (let i = 0; i < 100; i++) await run(tasks.mark, marks);
      const controller = new AbortController();
      const aborted = words();
      const some = words();
      const calls = Array.from({ length: 100 }, () => run(tasks.mark, some));
      const wanted = Array.from({ length: 100 }, () => run.with({ signal: controller.signal })(tasks.mark, aborted).catch(isReason));
      const more = Array.from({ length: 100 }, () => run(tasks.mark, some));
      await new Promise((resolve) => setImmediate(resolve));
      controller.abort(reason);
      const startedBefore = aborted[0];
      const ended = await Promise.all(wanted);
      await Promise.all([...calls, ...more]);
      assert.equal(some[0], 200);
      assert.ok(aborted[0] <= startedBefore + 1, 'one may have been claimed at that very moment');
      assert.equal(ended.filter((end) => end === true).length >= 100 - aborted[0], true);
    },
    gets: '`signal.reason`; what has not started never starts, the others in the same message do',
  },
  running('in a loop', tasks.hangInLoop),
  running('in `Atomics.wait`', tasks.hangInWait),
  running('and ends by itself later', (marks) => {
    Atomics.store(marks, 0, 1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }),
  {
    fault: 'aborted while it runs, in a promise that never settles',
    async play({ run }, assert) {
      const controller = new AbortController();
      const call = run.with({ signal: controller.signal })(tasks.never);
      setTimeout(() => controller.abort(reason), 80);
      await assert.rejects(call, isReason);
    },
    gets: '`signal.reason`; its thread is replaced',
  },
  {
    fault: 'aborted while its thread starts',
    async play({ run }, assert) {
      const controller = new AbortController();
      const call = run.with({ signal: controller.signal })(tasks.echo, 1);
      setTimeout(() => controller.abort(reason), 5);
      await assert.rejects(call, isReason);
    },
    gets: '`signal.reason`; it never starts',
  },
  {
    fault: 'aborted with a `gracePeriod`, and looks at `currentThread().cancelled`',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const marks = words();
      const thread = await run(tasks.whichThread);
      const call = run.with({ signal: controller.signal, gracePeriod: 10_000 })(tasks.untilCancelled, marks);
      await started(marks);
      controller.abort(reason);
      await assert.rejects(call, isReason);
      assert.equal(await run(tasks.whichThread), thread, 'its thread lives on');
      assert.equal(marks[1], 1, 'it ended by itself');
    },
    gets: '`signal.reason` at once; its thread lives on',
  },
  {
    fault: 'aborted with a `gracePeriod`, and listens to `currentThread().signal`',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const marks = words();
      const thread = await run(tasks.whichThread);
      const call = run.with({ signal: controller.signal, gracePeriod: 10_000 })(tasks.untilSignal, marks);
      await started(marks);
      controller.abort(reason);
      await assert.rejects(call, isReason);
      assert.equal(await run(tasks.whichThread), thread, 'its thread lives on');
      assert.equal(marks[1], 1, 'it ended by itself');
    },
    gets: '`signal.reason` at once; its thread lives on',
  },
  {
    fault: 'aborted with a `gracePeriod`, and does not listen',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const marks = words();
      const thread = await run(tasks.whichThread);
      const call = run.with({ signal: controller.signal, gracePeriod: 50 })(tasks.hangInLoop, marks);
      await started(marks);
      controller.abort(reason);
      await assert.rejects(call, isReason);
      assert.notEqual(await run(tasks.whichThread), thread, 'its thread was replaced');
    },
    gets: '`signal.reason` at once; its thread is replaced after the grace period',
  },
  {
    fault: 'aborted, with a `gracePeriod` that throws, as are three others by the same signal',
    options: { maxThreads: 4 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const gracePeriod = () => {
        throw new Error('no grace');
      };
      const marks = Array.from({ length: 4 }, words);
      const calls = marks.map((each) => run.with({ signal: controller.signal, gracePeriod })(tasks.hangInLoop, each));
      for (const each of marks) await started(each);
      controller.abort(reason);
      for (const call of calls) await assert.rejects(call, isReason);
    },
    gets: '`signal.reason`, each; their threads are replaced, and what `gracePeriod` threw is an uncaught error of the process',
    warns: /^uncaughtException: Error: no grace/,
  },
  {
    fault: 'aborted with a `gracePeriod`, for a reason that has no text',
    async play({ run }, assert) {
      for (const odd of [Object.create(null), Symbol('odd'), { message: { toString: null } }]) {
        const controller = new AbortController();
        const marks = words();
        const call = run.with({ signal: controller.signal, gracePeriod: 10 })(tasks.hangInLoop, marks);
        await started(marks);
        controller.abort(odd);
        await assert.rejects(call, (error) => error === odd);
      }
    },
    gets: '`signal.reason` itself; its thread is replaced after the grace period',
  },
  {
    fault: 'aborted after it has ended',
    async play({ run }, assert) {
      const controller = new AbortController();
      assert.equal(await run.with({ signal: controller.signal })(tasks.echo, 1), 1);
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
      controller.abort(reason);
    },
    gets: 'its result; no listener stays',
  },
  {
    fault: 'aborted while its result is on its way',
    async play({ run }, assert) {
      for (let i = 0; i < 50; i++) {
        const controller = new AbortController();
        const call = run.with({ signal: controller.signal })(tasks.echo, i);
        const [end] = await Promise.all(
          [call.catch((error) => error), i % 2 === 0 ? undefined : sleep(0)].map(async (one, at) =>
            at === 0 ? one : controller.abort(reason),
          ),
        );
        assert.ok(end === i || end === reason);
      }
    },
    gets: 'its result or `signal.reason`, never both, never neither',
  },
  {
    fault: '10,000 queued tasks share one signal that aborts',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const holding = run.with({ timeout: 60_000 })(tasks.doze, 100, 'kept');
      const calls = Array.from({ length: 10_000 }, (_, i) =>
        run.with({ signal: controller.signal })(tasks.echo, { i }).then(String, isReason),
      );
      assert.equal(getEventListeners(controller.signal, 'abort').length, 1);
      controller.abort(reason);
      const ends = await Promise.all(calls);
      assert.ok(ends.every((end) => end === true));
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
      assert.equal(await holding, 'kept');
    },
    gets: '`signal.reason`, each; one listener in all, and no warning',
  },
  {
    fault: '10,000 tasks share one signal that does not abort',
    async play({ run }, assert) {
      const controller = new AbortController();
      const { signal } = controller;
      const values = await Promise.all(Array.from({ length: 10_000 }, (_, i) => run.with({ signal })(tasks.echo, i)));
      assert.deepEqual(values, [...Array(10_000).keys()]);
      assert.equal(getEventListeners(signal, 'abort').length, 0);
    },
    gets: 'its result; no warning, and no listener stays',
  },
  {
    fault: 'aborted by `AbortSignal.timeout` while it runs',
    play: ({ run }) => run.with({ signal: AbortSignal.timeout(80) })(tasks.hangInLoop),
    gets: { error: 'DOMException', code: 23, says: /timeout/ },
  },
  {
    fault: 'aborted by `AbortSignal.any`',
    async play({ run }, assert) {
      const one = new AbortController();
      const other = new AbortController();
      const call = run.with({ signal: AbortSignal.any([one.signal, other.signal]) })(tasks.hangInWait);
      setTimeout(() => other.abort(reason), 50);
      await assert.rejects(call, isReason);
    },
    gets: '`signal.reason` itself',
  },
  {
    fault: 'aborted by `AbortSignal.any` of a time-out that nobody else holds, and garbage is collected meanwhile',
    async play({ run }, assert) {
      const call = run.with({ signal: AbortSignal.any([AbortSignal.timeout(200)]) })(tasks.hangInLoop);
      const rejected = assert.rejects(call, { name: 'TimeoutError' });
      // What was made in this turn is collected after it. Collections may take longer than the time-out.
      for (let i = 0; i < 3; i++) {
        await sleep(1);
        collect();
      }
      await rejected;
    },
    gets: '`signal.reason` (in Node 20, other listeners of such a signal are never called)',
  },
  {
    fault: 'aborted while it waits, and its arguments were transferred',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      const holding = run(tasks.doze, 80);
      const buffer = new ArrayBuffer(8);
      const call = run.with({ signal: controller.signal })(tasks.echo, transfer(buffer));
      assert.equal(buffer.byteLength, 0, 'detached as of the call');
      controller.abort(reason);
      await assert.rejects(call, isReason);
      await holding;
    },
    gets: '`signal.reason`; what was transferred is gone',
  },
  {
    fault: 'its signal takes no listeners',
    async play({ run }, assert) {
      const { signal } = new AbortController();
      signal.addEventListener = () => {
        throw new tasks.OwnError('nobody listens here');
      };
      await assert.rejects(run.with({ signal })(tasks.echo, 1), { message: 'nobody listens here' });
    },
    gets: "the signal's own error; `close()` does not wait for it",
  },
  {
    fault: 'its signal throws where it is asked for its reason, or lets no listener go',
    async play({ run }, assert) {
      const controller = new AbortController();
      const { signal } = controller;
      signal.removeEventListener = () => {
        throw new tasks.OwnError('nobody leaves');
      };
      assert.equal(await run.with({ signal })(tasks.echo, 1), 1);
      Object.defineProperty(signal, 'reason', {
        get() {
          throw new tasks.OwnError('no reason');
        },
      });
      const calls = Array.from({ length: 3 }, () => run.with({ signal })(tasks.hangInWait));
      controller.abort();
      for (const call of calls) await assert.rejects(call, { message: 'no reason' });
    },
    gets: 'its result, or what the reason threw',
  },
  {
    fault: 'aborted in the listener of its own signal, which submits again',
    async play({ run }, assert) {
      const controller = new AbortController();
      const { signal } = controller;
      let again;
      signal.addEventListener('abort', () => {
        again = run(tasks.echo, 'again');
      });
      const call = run.with({ signal })(tasks.hangInLoop);
      setTimeout(() => controller.abort(reason), 50);
      await assert.rejects(call, isReason);
      assert.equal(await again, 'again');
    },
    gets: '`signal.reason`; the new call runs',
  },
  {
    fault: 'a stream is left while its generator waits for what never comes, and listens to `currentThread().signal`',
    options: { maxThreads: 1 },
    async play(executor, assert) {
      const shared = words();
      for await (const _ of executor.stream(tasks.waitsForEver, shared, true)) {
        await Atomics.waitAsync(shared, 0, 0).value;
        break;
      }
      assert.equal(shared[1], 1);
    },
    gets: 'nothing more: `signal` aborts, and its `finally` has run when the loop is left',
  },
  {
    fault: 'a stream is left while its generator waits for what never comes',
    options: { maxThreads: 1 },
    async play(executor) {
      const shared = words();
      for await (const _ of executor.stream(tasks.waitsForEver, shared, false)) {
        await Atomics.waitAsync(shared, 0, 0).value;
        break;
      }
    },
    gets: 'nothing more: after 5 s the loop is left without its `finally`',
  },
  {
    fault: 'a stream is left that has run to its end ahead of its consumer, where its `finally` threw, or it did',
    async play(executor, assert) {
      for (const own of [true, false]) {
        const leave = async () => {
          const items = executor.stream(tasks.numbersThenFail, 3, own);
          for await (const _ of items) {
            while (executor.stats().running > 0) await sleep(1);
            break;
          }
        };
        await assert.rejects(leave(), { name: 'RangeError', message: own ? 'ahead' : 'finally' });
      }
    },
    others: null,
    gets: 'what was thrown there, as the loop is left',
  },
];
