import * as tasks from '../../fixtures/faults/tasks.mjs';

const own = { error: 'OwnError', is: tasks.OwnError, code: 'OWN' };

/** What the program makes of stacks, while `play` runs. */
async function withStacks(prepare, play) {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = prepare;
  try {
    return await play();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

const strangeStacks = {
  'gives frames as objects': (_, frames) => frames,
  throws: () => {
    throw new Error('no stack');
  },
};

export const errors = [
  {
    fault: 'throws an error of a class of its own',
    play: ({ run }) => run(tasks.throwOwn),
    gets: {
      ...own,
      cause: 'TypeError',
      also(error, assert) {
        assert.ok(error instanceof RangeError);
        assert.deepEqual(error.details, { at: [1, 2], when: new Date(0) });
        assert.match(error.stack, /tasks\.mjs/, 'the stack names the file of the task');
        assert.match(error.stack, /list\/errors\.mjs/, 'the stack names the caller');
      },
    },
  },
  {
    fault: 'throws an AggregateError',
    play: ({ run }) => run(tasks.throwMany),
    gets: {
      error: 'AggregateError',
      says: /several/,
      also(error, assert) {
        assert.equal(error.errors.length, 2);
        assert.ok(error.errors[0] instanceof RangeError);
        assert.ok(error.errors[1] instanceof tasks.OwnError);
      },
    },
  },
  { fault: 'throws `null`', play: ({ run }) => run(tasks.throwIt, null), gets: { error: { is: null } } },
  { fault: 'throws `undefined`', play: ({ run }) => run(tasks.throwIt, undefined), gets: { error: { is: undefined } } },
  { fault: 'throws a string', play: ({ run }) => run(tasks.throwIt, 'just words'), gets: { error: { is: 'just words' } } },
  { fault: 'throws a plain object', play: ({ run }) => run(tasks.throwIt, { status: 404 }), gets: { error: { is: { status: 404 } } } },
  {
    fault: 'throws a function made in the thread',
    play: ({ run }) => run(tasks.throwFunction),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE', path: 'error' },
  },
  {
    fault: 'rejects with `undefined`',
    play: ({ run }) => run(tasks.rejectWith, undefined),
    gets: { error: { is: undefined } },
  },
  { fault: 'rejects later', play: ({ run }) => run(tasks.rejectLater), gets: { ...own, says: /later/ } },
  { fault: 'overflows the stack', play: ({ run }) => run(tasks.overflow), gets: { error: 'RangeError', says: /call stack/ } },
  {
    fault: 'throws an error with a getter that throws',
    play: ({ run }) => run(tasks.throwWithGetter),
    gets: { error: 'Error', says: /with a getter/ },
  },
  {
    fault: 'throws an error whose message throws where it is read',
    play: ({ run }) => run(tasks.throwWithMessageGetter),
    gets: {
      error: 'OwnError',
      code: 'OWN',
      says: /cannot be read: sprung/,
      also: (error, assert) => assert.match(error.stack, /sprung\)\n +at throwWithMessageGetter /),
    },
  },
  {
    fault: 'throws an error whose words are symbols',
    play: ({ run }) => run(tasks.throwWithSymbols),
    gets: {
      error: 'Error',
      says: /^Symbol\(the words\)$/,
      cause: 'RangeError',
      also({ cause }, assert) {
        assert.equal(cause.message, 'the message');
        assert.match(cause.stack, /the message\n +at throwWithSymbols /);
      },
    },
  },
  {
    fault: 'throws an error that carries what cannot cross',
    play: ({ run }) => run(tasks.throwWithSocket),
    gets: { error: 'Error', says: /with baggage/, also: (error, assert) => assert.equal(error.port, 80) },
  },
  {
    fault: 'throws an error that carries 10,000 levels of nesting',
    play: ({ run }) => run(tasks.throwDeep, 10_000),
    gets: { error: 'Error', says: /deep/ },
  },
  {
    fault: 'throws an error that is its own cause',
    play: ({ run }) => run(tasks.throwCircular),
    gets: {
      error: 'Error',
      says: /round/,
      also(error, assert) {
        assert.equal(error.cause, error);
        assert.equal(error.self, error);
      },
    },
  },
  {
    fault: 'throws two errors, each the cause of the other',
    play: ({ run }) => run(tasks.throwEachOthersCause),
    gets: { error: 'RangeError', says: /one/, cause: 'OwnError', also: (error, assert) => assert.equal(error.cause.cause, error) },
  },
  {
    fault: 'throws AggregateErrors that contain each other',
    play: ({ run }) => run(tasks.throwAggregateCycle),
    gets: {
      error: 'AggregateError',
      says: /outer/,
      also(error, assert) {
        const [innermost, outer] = error.errors[0].errors;
        assert.equal(innermost.message, 'innermost');
        assert.equal(outer, error);
      },
    },
  },
  {
    fault: 'throws an error with properties that cannot be written',
    play: ({ run }) => run(tasks.throwUnwritable),
    gets: { error: 'OwnError', code: 'the code', says: /the message/ },
  },
  {
    fault: 'throws a proxy whose traps throw',
    play: ({ run }) => run(tasks.throwThrowingProxy),
    gets: { error: 'ValueNotSendableError', code: 'ERR_VALUE_NOT_SENDABLE', path: 'error' },
  },
  { fault: 'throws a frozen error', play: ({ run }) => run(tasks.throwFrozen), gets: { error: 'Error', says: /frozen/ } },
  {
    fault: 'throws in a timer while it runs',
    play: ({ run }) => run(tasks.throwInTimer),
    gets: { ...own, says: /in a timer/ },
  },
  {
    fault: 'throws in a microtask while it runs',
    play: ({ run }) => run(tasks.throwInMicrotask),
    gets: { ...own, says: /in a microtask/ },
  },
  {
    fault: "emits an 'error' event that nobody hears",
    play: ({ run }) => run(tasks.throwInEmitter),
    gets: { ...own, says: /unheard/ },
  },
  {
    fault: 'leaves a rejection unwatched while it runs',
    play: ({ run }) => run(tasks.rejectUnwatched),
    gets: { ...own, says: /unwatched/ },
  },
  {
    fault: 'leaves a timer behind that throws after it has ended, while nothing runs',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      assert.equal(await run(tasks.throwAfterwards, 5), 'returned');
      await new Promise((resolve) => setTimeout(resolve, 60));
      assert.equal(await run(tasks.echo, 1), 1);
    },
    gets: 'its result; the error becomes a warning of the process (`StrayErrorWarning`)',
    warns: /StrayErrorWarning: A task left something behind.*afterwards/s,
  },
  {
    fault: 'leaves a timer behind that throws while the next task runs',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const first = run(tasks.throwAfterwards, 5);
      const next = run(tasks.later, 60, 'the next');
      assert.equal(await first, 'returned');
      assert.equal(await next, 'the next');
    },
    gets: 'its result; the error becomes a warning of the process, never the failure of the next task',
    warns: /StrayErrorWarning: A task left something behind.*afterwards/s,
  },
  {
    fault: 'leaves a timer behind that throws what throws where it is shown, while the next task runs',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const first = run(tasks.throwUnshowableAfterwards, 5);
      const next = run(tasks.later, 60, 'the next');
      assert.equal(await first, 'returned');
      assert.equal(await next, 'the next');
    },
    gets: 'its result; the error becomes a warning of the process, never the end of the next task',
    warns: /StrayErrorWarning: A task left something behind.*cannot be shown/s,
  },
  {
    fault: 'leaves an interval behind that throws each time',
    options: { maxThreads: 1 },
    others: null,
    async play({ run }, assert) {
      let warnings = 0;
      const count = () => {
        warnings++;
      };
      process.on('warning', count);
      try {
        assert.equal(await run(tasks.failOnAndOn), 'returned');
        await new Promise((resolve) => setTimeout(resolve, 400));
        assert.equal(await run(tasks.echo, 1), 1);
        assert.equal(warnings, 10);
      } finally {
        process.off('warning', count);
      }
    },
    gets: 'its result; of each thread ten such errors become warnings, and within 5 s one that says how many more there were',
    warns: /StrayErrorWarning: A task left something behind.*once more/s,
  },
  {
    fault: 'leaves a rejection behind that comes while the next task runs',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const first = run(tasks.rejectAfterwards, 5);
      const next = run(tasks.later, 60, 'the next');
      assert.equal(await first, 'returned');
      assert.equal(await next, 'the next');
    },
    gets: 'its result; the rejection becomes a warning of the process, never the failure of the next task',
    warns: /StrayErrorWarning: A task left something behind.*afterwards/s,
  },
  {
    fault: 'leaves a rejection behind in the very turn in which it ends, with calls right behind it',
    options: { maxThreads: 1 },
    async play({ run }, assert) {
      const calls = [run(tasks.rejectAtOnce)];
      for (let i = 0; i < 20; i++) calls.push(run(tasks.echo, i));
      assert.deepEqual(await Promise.all(calls), ['returned', ...Array(20).keys()]);
    },
    gets: 'its result; the rejection becomes a warning of the process, and the calls behind it finish',
    warns: /StrayErrorWarning: A task left something behind.*left behind/s,
  },
  {
    fault: 'leaves a rejection unwatched, with other tasks on other threads',
    options: { maxThreads: 3 },
    async play({ run }, assert) {
      const innocent = [run(tasks.later, 40, 'a'), run(tasks.later, 40, 'b')];
      await assert.rejects(run(tasks.rejectUnwatched), { code: 'OWN' });
      assert.deepEqual(await Promise.all(innocent), ['a', 'b']);
    },
    gets: 'the rejection, and only the task that caused it',
  },
  ...Object.entries(strangeStacks).map(([how, prepare]) => ({
    fault: `throws, and is refused, in a program whose \`Error.prepareStackTrace\` ${how}`,
    others: null,
    async play(executor, assert) {
      const { run } = executor;
      const calls = [
        () => run(tasks.throwOwn),
        () => executor.map(tasks.throwOwn, [1]).toArray(),
        () => run(5),
        () => run(tasks.echo, new WeakMap()),
        () => run(tasks.exit, 3),
      ];
      const ends = await withStacks(prepare, () => Promise.allSettled(calls.map((call) => call())));
      assert.deepEqual(
        ends.map(({ reason }) => reason?.code),
        ['OWN', 'OWN', 'ERR_FUNCTION_NOT_SENDABLE', 'ERR_VALUE_NOT_SENDABLE', 'ERR_THREAD_EXITED'],
      );
    },
    gets: 'its own error; nothing is thrown where it is called',
  })),
];
