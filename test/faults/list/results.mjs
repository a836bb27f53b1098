import * as tasks from '../../fixtures/faults/tasks.mjs';

const refused = (path, ...says) => ({
  error: 'ValueNotSendableError',
  code: 'ERR_VALUE_NOT_SENDABLE',
  path,
  says: [/Cannot send result/, ...says],
});

export const results = [
  {
    fault: 'returns a WeakMap, deep inside',
    play: ({ run }) => run(tasks.uncloneable, 'WeakMap'),
    gets: refused('result.rows[0].cache', /Map/),
  },
  {
    fault: 'returns a closure',
    play: ({ run }) => run(tasks.uncloneable, 'closure'),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE', path: 'result.call' },
  },
  {
    fault: 'returns a promise inside an object',
    play: ({ run }) => run(tasks.uncloneable, 'promise inside'),
    gets: refused('result.later'),
  },
  { fault: 'returns a generator', play: ({ run }) => run(tasks.uncloneable, 'generator'), gets: refused('result') },
  { fault: 'returns a message port', play: ({ run }) => run(tasks.uncloneable, 'port'), gets: refused('result.port') },
  {
    fault: 'returns a revoked proxy',
    play: ({ run }) => run(tasks.revoked),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE' },
  },
  {
    fault: 'returns a getter that throws',
    play: ({ run }) => run(tasks.getterThrows),
    gets: { ...refused('result.trap'), cause: 'OwnError' },
  },
  {
    fault: 'returns a getter that never ends, with a `timeout`',
    play: ({ run }) => run.with({ timeout: 100 })(tasks.endlessGetter),
    gets: { error: 'TaskTimeoutError', code: 'ERR_TASK_TIMEOUT' },
  },
  {
    fault: 'returns a getter that never ends where it is read again, with a `timeout`',
    play: ({ run }) => run.with({ timeout: 100 })(tasks.endlessSecondRead),
    gets: { error: 'TaskTimeoutError', code: 'ERR_TASK_TIMEOUT' },
  },
  {
    fault: 'returns a getter that never ends where it is read again, at a limit of 1, and is aborted',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const controller = new AbortController();
      await run(tasks.echo, 1);
      const call = run.with({ signal: controller.signal })(tasks.endlessSecondRead);
      const next = run(tasks.echo, 'next');
      setTimeout(() => controller.abort('enough'), 100);
      assert.equal(await call.catch((reason) => reason), 'enough');
      assert.equal(await next, 'next');
    },
    gets: '`signal.reason`; its thread is replaced',
  },
  {
    fault: 'returns a getter that exits',
    play: ({ run }) => run(tasks.exitingGetter),
    gets: { error: 'ThreadExitedError', code: 'ERR_THREAD_EXITED', exitCode: 6 },
  },
  {
    fault: 'returns a detached buffer',
    play: ({ run }) => run(tasks.detached),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE' },
  },
  { fault: 'returns a thenable whose `then` throws', play: ({ run }) => run(tasks.thenThrows), gets: { error: 'OwnError', says: /then/ } },
  {
    fault: 'returns a thenable whose `then` cannot be read',
    play: ({ run }) => run(tasks.thenGetterThrows),
    gets: { error: 'OwnError', says: /then/ },
  },
  { fault: 'returns a thenable that settles three times', play: ({ run }) => run(tasks.thenTwice), gets: { value: 'first' } },
  {
    fault: 'returns 10,000 levels of nesting',
    async play({ run }, assert) {
      let levels = 0;
      for (let at = await run(tasks.nested, 10_000); at !== null; at = at.value) levels++;
      assert.equal(levels, 10_000);
    },
    gets: 'the result, all levels of it',
  },
  {
    fault: 'returns 64 MiB',
    async play({ run }, assert) {
      const bytes = await run(tasks.large, 2 ** 26);
      assert.equal(bytes.length, 2 ** 26);
      assert.equal(bytes[2 ** 26 - 1], 7);
    },
    gets: 'the result',
  },
  {
    fault: 'returns what takes its thread more than 5 s to copy',
    play: ({ run }) => run(tasks.slowToCopy, 5_600),
    gets: { value: { value: 'copied' } },
  },
  {
    fault: 'is given what cannot cross, deep inside',
    play: ({ run }) => run(tasks.echo, { rows: [{ cache: new WeakMap() }] }),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE', path: 'args[0].rows[0].cache' },
  },
  {
    fault: 'is given a getter that throws',
    play: ({ run }) => run(tasks.echo, tasks.getterThrows()),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE', path: 'args[0].trap', cause: 'OwnError' },
  },
  {
    fault: 'is given 10,000 levels of nesting',
    async play({ run }, assert) {
      let levels = 0;
      for (let at = await run(tasks.echo, tasks.nested(10_000)); at !== null; at = at.value) levels++;
      assert.equal(levels, 10_000);
    },
    gets: 'the result, all levels of it',
  },
  {
    fault: 'is given a buffer that is detached already',
    play: ({ run }) => run(tasks.echo, tasks.detached()),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE', path: 'args[0]' },
  },
  {
    fault: 'has a name that throws where it is read',
    play: ({ run }) =>
      run(
        Object.defineProperty((n) => n, 'name', { get: tasks.throwFrozen }),
        5,
      ),
    gets: { value: 5 },
  },
  {
    fault: 'is no function',
    play: ({ run }) => run('tasks.echo', 1),
    gets: { error: 'FunctionNotSendableError', code: 'ERR_FUNCTION_NOT_SENDABLE' },
  },
];
