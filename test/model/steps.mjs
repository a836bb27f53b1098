/**
 * Random programs: what an executor's caller, and its bad luck, may do.
 */
import fc from 'fast-check';

const shapes = fc.constantFrom('number', 'number', 'undefined', 'null', 'true', 'false', 'string', 'object');
const ms = fc.integer({ min: 0, max: 12 });
/** Index of one of the signals that several tasks share; undefined: none. */
const signal = fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 2 });
const priority = fc.constantFrom(undefined, undefined, undefined, 0, 1, 5, -1);
const retries = fc.constantFrom(undefined, undefined, 0, 1, 2);
const queueTimeout = fc.constantFrom(undefined, undefined, undefined, undefined, 3, 20);
/** Long enough that only what hangs ever meets it. */
const generous = fc.constantFrom(undefined, undefined, 60_000);

const options = fc.record({ signal, priority, retries, queueTimeout, timeout: generous });
/** What never ends by itself has a time limit, or the program's end aborts it. */
const stopping = fc.record({ signal, priority, retries, timeout: fc.constantFrom(undefined, 5, 25, 60) });

const work = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tiny'), shape: shapes, options }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('long'), shape: shapes, ms, options }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('slow'), shape: shapes, ms, options }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('failing', 'failingLater'), ms, options }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('exiting'), ms, code: fc.integer({ min: 0, max: 3 }), options }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('hanging', 'looping', 'pending'), options: stopping }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cooperative'), options: stopping }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('weigh'), options }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('take'), options }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('throwingAside', 'rejectingAside'), options }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('overflowing', 'closingPort'), shape: shapes, options }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('nesting'), shape: shapes, options }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('calling'), shape: shapes, numbers: fc.integer({ min: 0, max: 40 }), options }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('importing'),
      shape: shapes,
      ms,
      /** Whether its module comes to an end if nobody wants it any more. */
      goesOn: fc.constantFrom(true, true, true, false),
      options: fc.record({ signal, priority, retries, queueTimeout, timeout: fc.constantFrom(undefined, undefined, 5, 60_000) }),
    }),
  },
);

const many = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('map'),
      items: fc.integer({ min: 0, max: 60 }),
      ms: fc.constantFrom(0, 0, 1, 3),
      asynchronous: fc.boolean(),
      how: fc.record({
        chunkSize: fc.constantFrom(undefined, undefined, 1, 7),
        ordered: fc.constantFrom(undefined, false),
        lookahead: fc.constantFrom(undefined, undefined, 1, 20),
      }),
      options: fc.record({ signal, priority, retries }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('stream'),
      to: fc.integer({ min: 0, max: 120 }),
      ms: fc.constantFrom(0, 0, 1),
      /** What its consumer does with every fifth item: nothing, waits, calls, or leaves at the 30th. */
      body: fc.constantFrom('nothing', 'waits', 'waits', 'calls', 'leaves'),
      options: fc.record({ signal, priority, timeout: generous }),
    }),
  },
);

const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('submit'), work }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('burst'), size: fc.integer({ min: 2, max: 60 }), shape: shapes, options }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('abort'), signal: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('abortOne'), which: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turn') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pause'), ms: fc.integer({ min: 0, max: 15 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resize'), maxThreads: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ready'), signal }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('warmUp') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('submit'), work: many }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('limited'), work }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('keyed'), key: fc.nat({ max: 2 }), work }) },
);

/** The last thing that is done, and whether some steps come after it has begun. */
const end = fc.record({
  how: fc.constantFrom('close', 'close', 'terminate', 'closeInTime', 'dispose', 'closeThenTerminate'),
  after: fc.array(step, { maxLength: 4 }),
});

const program = {
  /** Executors side by side, among which calls alternate. */
  executors: fc.constantFrom(1, 1, 1, 2),
  /** Calls on a thread at a time, whatever is known of them. */
  batch: fc.constantFrom(undefined, undefined, 1, 2, 128),
  /** Of a ConcurrencyLimit that some calls go through, and of each key of a KeyedConcurrencyLimit. */
  limit: fc.constantFrom(1, 2),
  maxThreads: fc.constantFrom(1, 1, 2, 3),
  maxQueue: fc.constantFrom(undefined, undefined, undefined, 0, 5, 40),
  idleTimeout: fc.constantFrom(undefined, undefined, 5),
  // Not fewer: a thread takes 50 ms to start, and a program submits some hundred tasks.
  maxTasksPerThread: fc.constantFrom(undefined, undefined, undefined, 10, 30),
  /** Far above what the tasks need, MiB: each outcome comes with a word on the heap. */
  maxHeapPerThread: fc.constantFrom(undefined, undefined, undefined, undefined, 512),
  byInitializer: fc.boolean(),
  /** Tiny calls one after the other, first of all: from then on they are known to be short, and travel together. */
  learning: fc.constantFrom(0, 0, 40),
  steps: fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }),
  end,
};

export const programs = fc.record(program);

/** Nothing keeps these from starting. */
const surely = fc.record({ priority, retries });

const fault = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('exiting'), ms, code: fc.integer({ min: 1, max: 3 }), options: surely }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('throwingAside', 'rejectingAside'), options: surely }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hungry'), options: fc.record({ priority }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('overflowing', 'closingPort'), shape: shapes, options: surely }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('hanging', 'looping', 'pending'),
      options: fc.record({ priority, retries, timeout: fc.constantFrom(5, 25) }),
    }),
  },
);

/** The same with a fault at every other step, and threads that may run out of memory. */
export const soaking = fc.record({
  ...program,
  batch: fc.constantFrom(undefined, undefined, undefined, 1, 2, 128),
  maxQueue: fc.constantFrom(undefined, undefined, undefined, 40),
  resourceLimits: fc.constant({ maxOldGenerationSizeMb: 24 }),
  maxThreads: fc.constantFrom(1, 2, 3, 4),
  executors: fc.constantFrom(1, 2, 3),
  end: fc.record({
    how: fc.constantFrom('close', 'close', 'close', 'dispose', 'dispose', 'terminate', 'closeInTime', 'closeThenTerminate'),
    after: fc.array(step, { maxLength: 4 }),
  }),
  steps: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('submit'), work: fault }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('kill'), which: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), which: fc.nat() }) },
      { weight: 3, arbitrary: step },
    ),
    { minLength: 20, maxLength: 60, size: 'max' },
  ),
});
