import { setTimeout as sleep } from 'node:timers/promises';
import { fromModule } from 'run-in-executor';
import * as tasks from '../../fixtures/faults/tasks.mjs';

const words = () => new Int32Array(new SharedArrayBuffer(16));
const at = (file) => fromModule(new URL(`../../fixtures/faults/${file}`, import.meta.url));
const noThread = {
  error: 'ThreadExitedError',
  code: 'ERR_THREAD_EXITED',
  exitCode: null,
  says: /No thread could be started/,
  way: /execArgv/,
};
const initializerFailed = {
  error: 'InitializerError',
  code: 'ERR_INITIALIZER_FAILED',
  says: /The initializer of faulty failed: no connection/,
  cause: 'OwnError',
};

export const starts = [
  {
    fault: 'comes from a module that fails while it is evaluated',
    play: ({ run }) => run(at('broken.mjs').fromBroken),
    gets: { error: 'TypeError', says: /the module is broken/ },
  },
  {
    fault: 'comes from a module that fails while it is evaluated, once more',
    async play({ run }, assert) {
      for (let i = 0; i < 3; i++) await assert.rejects(run(at('broken.mjs').fromBroken), /the module is broken/);
    },
    gets: "the module's own error, each time",
  },
  {
    fault: 'comes from a module that cannot be parsed',
    play: ({ run }) => run(at('syntax.mjs').fromSyntax),
    gets: { error: 'SyntaxError' },
  },
  {
    fault: 'comes from a module that imports what is not there',
    play: ({ run }) => run(at('missing-import.mjs').fromMissing),
    gets: { error: 'Error', code: 'ERR_MODULE_NOT_FOUND', says: /no-such-file/ },
  },
  {
    fault: 'comes from a module that exits while it is evaluated',
    play: ({ run }) => run(at('exits.mjs').fromExits),
    gets: { error: 'ThreadExitedError', code: 'ERR_THREAD_EXITED', exitCode: 9, says: /A module that was being imported ended the thread/ },
  },
  {
    fault: 'comes from a module that never finishes to load, with a `timeout`',
    play: ({ run }) => run.with({ timeout: 100 })(at('stuck.mjs').fromStuck),
    gets: { error: 'TaskTimeoutError', code: 'ERR_TASK_TIMEOUT', says: /timeout/ },
  },
  {
    fault: 'comes from a module that never finishes to load, and is aborted',
    async play({ run }, assert) {
      const controller = new AbortController();
      const call = run.with({ signal: controller.signal })(at('stuck.mjs').fromStuck);
      setTimeout(() => controller.abort(new tasks.OwnError('enough')), 100);
      await assert.rejects(call, { message: 'enough' });
    },
    gets: '`signal.reason`; its thread is replaced',
  },
  {
    fault: 'names an export that is not there',
    play: ({ run }) => run(at('tasks.mjs').noSuchFunction),
    gets: { error: 'FunctionNotSendableError', code: 'ERR_FUNCTION_NOT_SENDABLE' },
  },
  {
    fault: 'names a module that is not there',
    play: ({ run }) => run(at('nowhere.mjs').anything),
    gets: { error: 'FunctionNotSendableError', code: 'ERR_FUNCTION_NOT_SENDABLE', says: /nowhere\.mjs#anything/, way: /check the URL/ },
  },
  {
    fault: 'the initializer throws',
    options: { initializer: tasks.initThrows },
    play: ({ run }) => run(tasks.echo, 1),
    gets: initializerFailed,
    others: initializerFailed,
  },
  {
    fault: 'the initializer throws what has no text',
    options: { initializer: tasks.throwWithoutText },
    others: null,
    async play({ run }, assert) {
      await assert.rejects(run(tasks.echo, 1), { name: 'InitializerError', code: 'ERR_INITIALIZER_FAILED' });
    },
    gets: '`InitializerError`',
  },
  {
    fault: 'the initializer exits',
    options: { initializer: tasks.initExits },
    play: ({ run }) => run(tasks.echo, 1),
    gets: { error: 'ThreadExitedError', code: 'ERR_THREAD_EXITED' },
    others: { error: 'ThreadExitedError' },
  },
  {
    fault: 'the initializer fails in the first two threads, then no more',
    options: { maxThreads: 1 },
    others: null,
    async play(_, assert) {
      const { Executor } = await import('run-in-executor');
      const marks = words();
      const executor = new Executor({ maxThreads: 1, initializer: tasks.initFailsAtFirst, initializerArgs: [marks, 2] });
      assert.equal(await executor.run(tasks.echo, 1), 1);
      assert.equal(marks[0], 3);
      await executor.close();
    },
    gets: 'its result: starts are tried again, after a pause',
  },
  {
    fault: 'the initializer never ends, with a `queueTimeout`',
    options: { initializer: tasks.initHangs, maxThreads: 1 },
    others: null,
    closesIn: 100,
    play: ({ run }) => run.with({ queueTimeout: 150 })(tasks.echo, 1),
    gets: { error: 'TaskTimeoutError', code: 'ERR_TASK_TIMEOUT', says: /waited longer than 150 ms/ },
  },
  {
    fault: 'the initializer loops for ever, and the executor is terminated',
    options: { initializer: tasks.initLoops, maxThreads: 1 },
    others: null,
    async play(executor) {
      const call = executor.run(tasks.echo, 1);
      const [end] = await Promise.allSettled([call, sleep(150).then(() => executor.terminate())]);
      throw end.reason;
    },
    gets: { error: 'ExecutorClosedError', code: 'ERR_EXECUTOR_CLOSED' },
  },
  {
    fault: 'the initializer runs once a thread, whatever dies',
    options: { maxThreads: 1 },
    others: null,
    async play(_, assert) {
      const { Executor } = await import('run-in-executor');
      const marks = words();
      const executor = new Executor({ maxThreads: 1, initializer: tasks.initCounts, initializerArgs: [marks] });
      for (let i = 0; i < 20; i++) await executor.run(tasks.echo, i);
      assert.equal(marks[0], 1);
      await assert.rejects(executor.run(tasks.exit, 1), { code: 'ERR_THREAD_EXITED' });
      await executor.run(tasks.echo, 1);
      assert.equal(marks[0], 2);
      await executor.close();
    },
    gets: 'its result',
  },
  {
    fault: '`execArgv` names a flag that there is not',
    options: { execArgv: ['--no-such-flag'] },
    play: ({ run }) => run(tasks.echo, 1),
    gets: noThread,
    others: noThread,
  },
  {
    fault: '`execArgv` preloads a module that is not there',
    options: { execArgv: ['--import', 'file:///no/such/module.mjs'] },
    play: ({ run }) => run(tasks.echo, 1),
    gets: noThread,
    others: noThread,
  },
  {
    fault: '`env.NODE_OPTIONS` preloads a module that is not there',
    options: { env: { NODE_OPTIONS: '--require /no/such/module.cjs' } },
    play: ({ run }) => run(tasks.echo, 1),
    gets: noThread,
    others: noThread,
  },
  {
    fault: '`resourceLimits` leave no room to start',
    options: { resourceLimits: { maxOldGenerationSizeMb: 3, maxYoungGenerationSizeMb: 1 } },
    play: ({ run }) => run(tasks.echo, 1),
    gets: { ...noThread, way: /resourceLimits/ },
    others: noThread,
  },
  {
    fault: '`resourceLimits` with which Node ends the whole process as a thread starts',
    others: null,
    async play(_, assert) {
      const { Executor } = await import('run-in-executor');
      for (const limits of [{ stackSizeMb: 0.1 }, { maxOldGenerationSizeMb: 1 }, { codeRangeSizeMb: 1e9 }])
        assert.throws(() => new Executor({ resourceLimits: limits }), RangeError);
    },
    gets: '`RangeError`, from `new Executor`',
  },
  {
    fault: 'the finalizer throws',
    options: { finalizer: tasks.finalThrows },
    play: ({ run }) => run(tasks.echo, 1),
    gets: { value: 1 },
    warns: /StrayErrorWarning: The finalizer of faulty failed.*not tidy/s,
  },
  {
    fault: 'the finalizer never ends, with `close({ timeout })`',
    options: { finalizer: tasks.finalHangs },
    closesIn: 150,
    play: ({ run }) => run(tasks.echo, 1),
    gets: { value: 1 },
  },
  {
    fault: 'the finalizer never ends, in threads that are replaced (`maxTasksPerThread: 1`)',
    options: { maxThreads: 1 },
    others: null,
    closesIn: 100,
    async play(_, assert) {
      const { Executor } = await import('run-in-executor');
      const executor = new Executor({ maxThreads: 1, maxTasksPerThread: 1, finalizer: tasks.finalHangs });
      assert.deepEqual(await Promise.all([executor.run(tasks.echo, 1), executor.run(tasks.echo, 2)]), [1, 2]);
      await executor.close({ timeout: 50 });
    },
    gets: 'its result: a finalizer has 5 s while calls wait for the place of its thread',
  },
  {
    fault: 'the finalizer takes its time',
    options: { maxThreads: 1 },
    others: null,
    async play(_, assert) {
      const { Executor } = await import('run-in-executor');
      const marks = words();
      const executor = new Executor({
        maxThreads: 2,
        initializer: tasks.initFinal,
        initializerArgs: [marks],
        finalizer: tasks.finalTakesTime,
      });
      await Promise.all([executor.run(tasks.doze, 60), executor.run(tasks.doze, 60)]);
      await executor.close();
      assert.equal(marks[0], 2, 'close() waits for it, in each thread');
    },
    gets: 'its result; `close()` waits for the finalizer',
  },
  {
    fault: 'the finalizer, on a thread that its task has ended',
    options: { maxThreads: 1 },
    others: null,
    async play(_, assert) {
      const { Executor } = await import('run-in-executor');
      const marks = words();
      const executor = new Executor({
        maxThreads: 1,
        initializer: tasks.initFinal,
        initializerArgs: [marks],
        finalizer: tasks.finalCounts,
      });
      await assert.rejects(executor.run(tasks.exit, 1), { code: 'ERR_THREAD_EXITED' });
      await executor.close();
      assert.equal(marks[0], 0);
    },
    gets: '`ThreadExitedError`; the finalizer does not run in a thread that dies',
  },
  {
    fault: 'warmUp() of a function that cannot cross',
    async play(executor, assert) {
      const cache = new WeakMap();
      await assert.rejects(
        executor.warmUp(() => cache),
        { code: 'ERR_FUNCTION_NOT_SENDABLE' },
      );
    },
    gets: '`FunctionNotSendableError`',
  },
  {
    fault: 'warmUp() of a module that fails',
    async play(executor, assert) {
      await executor.warmUp(at('broken.mjs').fromBroken);
      await assert.rejects(executor.run(at('broken.mjs').fromBroken), /the module is broken/);
    },
    gets: "the module's error, when it is called",
  },
];
