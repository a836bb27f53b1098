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
);

/** The last thing that is done, and whether some steps come after it has begun. */
const end = fc.record({
  how: fc.constantFrom('close', 'close', 'terminate', 'closeInTime', 'dispose', 'closeThenTerminate'),
  after: fc.array(step, { maxLength: 4 }),
});

export const programs = fc.record({
  maxThreads: fc.constantFrom(1, 1, 2, 3),
  maxQueue: fc.constantFrom(undefined, undefined, undefined, 0, 5, 40),
  idleTimeout: fc.constantFrom(undefined, undefined, 5),
  // Not fewer: a thread takes 50 ms to start, and a program submits some hundred tasks.
  maxTasksPerThread: fc.constantFrom(undefined, undefined, undefined, 10, 30),
  byInitializer: fc.boolean(),
  /** Tiny calls one after the other, first of all: from then on they are known to be short, and travel together. */
  learning: fc.constantFrom(0, 0, 40),
  steps: fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }),
  end,
});
