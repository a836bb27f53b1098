import * as tasks from '../../fixtures/faults/tasks.mjs';

export const isolation = [
  { fault: 'closes its `parentPort`', play: ({ run }) => run(tasks.closeParentPort), gets: { value: 'closed' } },
  { fault: 'posts to its `parentPort`', play: ({ run }) => run(tasks.postToParent), gets: { value: 'posted' } },
  { fault: 'unrefs its `parentPort` and removes its listeners', play: ({ run }) => run(tasks.unrefParentPort), gets: { value: 'unheard' } },
  {
    fault: 'calls `process.chdir()`',
    play: ({ run }) => run(tasks.chdir),
    gets: { error: 'TypeError', code: 'ERR_WORKER_UNSUPPORTED_OPERATION', says: /chdir/ },
  },
  {
    fault: 'writes to `process.env`',
    async play({ run }, assert) {
      assert.equal(await run(tasks.setEnv, 'RUN_IN_EXECUTOR_FAULT', 'x'), 'x');
      assert.equal(process.env.RUN_IN_EXECUTOR_FAULT, undefined);
    },
    gets: "its result; this process's `env` stays as it is",
  },
  {
    fault: 'reads `process.env`, with `env` given',
    options: { env: { ONLY: 'this' } },
    async play({ run }, assert) {
      assert.equal(await run(tasks.readEnv, 'ONLY'), 'this');
      assert.equal(await run(tasks.readEnv, 'PATH'), undefined);
    },
    gets: 'what was given, and nothing else',
  },
  {
    fault: 'writes to `globalThis`',
    async play({ run }, assert) {
      await run(tasks.setGlobal, 'runInExecutorFault', 'x');
      assert.equal(globalThis.runInExecutorFault, undefined);
    },
    gets: 'its result; this thread does not see it, later tasks of that thread do',
  },
  { fault: 'listens to a signal of the process', play: ({ run }) => run(tasks.onSignal), gets: { value: 'listening' } },
  {
    fault: 'breaks `process.exit` and removes all listeners of `process`',
    options: { maxThreads: 1 },
    play: ({ run }) => run(tasks.breakExit),
    gets: { value: 'broken' },
  },
  {
    fault: 'breaks `Array.prototype.push` and takes `process` away',
    options: { maxThreads: 1 },
    others: null,
    closesIn: 2_000,
    async play({ run }, assert) {
      const [end] = await Promise.allSettled([run.with({ timeout: 1_000 })(tasks.breakGlobals)]);
      assert.ok(end.status === 'fulfilled' ? end.value === 'broken' : end.reason.code === 'ERR_TASK_TIMEOUT', String(end.reason));
    },
    gets: 'an end, at the latest by its `timeout`: a thread is no sandbox',
  },
  {
    fault: 'takes `Promise`, `Atomics`, timers and the clock away, and freezes `Object.prototype`',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      assert.equal(await run(tasks.takeGlobalsAway), 'taken');
      for (let i = 0; i < 20; i++) assert.equal(await run(tasks.echo, i), i);
      assert.deepEqual(await run(tasks.echo, { list: [1, 2] }), { list: [1, 2] });
      await assert.rejects(run(tasks.throwFrozen), /frozen/);
    },
    gets: 'its result; later tasks of its thread meet what it left',
  },
  ...Object.entries({
    throws: 'by one that throws',
    'says nothing': 'by one that says nothing',
  }).map(([how, words]) => ({
    fault: `replaces \`Map.prototype.get\` ${words}`,
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      assert.equal(await run(tasks.breakMaps, how), 'broken');
      const factor = 2;
      await assert.rejects(
        run((n) => n * factor, 3),
        { code: 'ERR_THREAD_EXITED', message: /Map\.prototype\.get is not what it was/ },
      );
      for (let i = 0; i < 5; i++) assert.equal(await run((n) => n * factor, i), i * 2);
    },
    gets: 'its result; the next call that needs it there `ThreadExitedError`, and those after that their results, on a new thread',
  })),
  {
    fault: 'replaces `Map.prototype.get` by one that throws, on a thread with a finalizer',
    options: { maxThreads: 1, finalizer: tasks.echo },
    others: null,
    async play(executor, assert) {
      assert.equal(await executor.run(tasks.breakMaps, 'throws'), 'broken');
      await executor.close();
    },
    gets: 'its result; the thread leaves without the finalizer, which a warning says',
    warns: /StrayErrorWarning: The finalizer of faulty failed.*Map\.prototype\.get/s,
  },
  {
    fault: 'replaces `Object.keys` by one that throws',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      assert.equal(await run(tasks.breakKeys), 'broken');
      await assert.rejects(run(tasks.echo, [new Date(0)]), { code: 'ERR_THREAD_EXITED', message: /Object\.keys is not what it was/ });
      assert.deepEqual(await run(tasks.echo, [new Date(0)]), [new Date(0)]);
    },
    gets: 'its result; the first result that needs it is a `ThreadExitedError`, and the thread is replaced',
  },
  {
    fault: 'replaces `Array.prototype.shift` and `includes` by others that do nothing',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      assert.equal(await run(tasks.breakArrays), 'broken');
      for (let i = 0; i < 5; i++) assert.deepEqual(await run(tasks.echo, Buffer.from([i])), Buffer.from([i]));
    },
    gets: 'its result, and so do the others',
  },
  {
    fault: 'replaces `Array.prototype.map` by one that gives nothing, so that a later call fails in its own code',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      assert.equal(await run(tasks.breakArrayMap), 'broken');
      const { held } = { held: new Date(0) };
      await assert.rejects(run(() => held.getTime()));
      for (let i = 0; i < 5; i++) assert.equal(await run(() => held.getTime()), 0);
    },
    gets: 'its result; a call that fails there is the last on its thread',
  },
  {
    fault: 'replaces `Promise.prototype.then` by one that throws',
    options: { maxThreads: 1 },
    play: ({ run }) => run(tasks.breakThen),
    gets: { error: 'ThreadExitedError', code: 'ERR_THREAD_EXITED', says: /has changed a global/ },
  },
  {
    fault: 'detaches its own argument',
    play: ({ run }) => run(tasks.detachArgument, new ArrayBuffer(8)),
    gets: { value: 0 },
  },
  {
    fault: 'changes an object that it was given',
    async play({ run }, assert) {
      const object = { list: [1, 2, 3] };
      const same = await run(tasks.echo, object);
      assert.deepEqual(same, object);
      assert.notEqual(same, object);
    },
    gets: 'its result: it has a copy',
  },
  {
    fault: 'is given an object that the caller changes after the call',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const holding = run(tasks.doze, 40);
      const calls = [];
      const object = { n: 0, deep: { list: [] } };
      for (let i = 0; i < 10; i++) {
        object.n = i;
        object.deep.list.push(i);
        calls.push(run(tasks.echo, object));
      }
      object.n = -1;
      const values = await Promise.all(calls);
      values.forEach((value, i) => {
        assert.equal(value.n, i);
        assert.equal(value.deep.list.length, i + 1);
      });
      await holding;
    },
    gets: 'the object as it was at its call',
  },
];
