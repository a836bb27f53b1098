/**
 * The states in which it happens. `options`: of the executor; `task`: of the call; `before` and `after`: what is done around the call.
 */
export const states = {
  alone: {},
  'one thread': { options: { maxThreads: 1 }, others: 8 },
  'four threads': { options: { maxThreads: 4 }, others: 16 },
  burst: { others: 500, learned: true },
  'behind a long call': { options: { maxThreads: 1 }, before: ({ others, doze }) => others.push(doze(40)), others: 4 },
  closing: { others: 8, after: ({ executor }) => void executor.close() },
  resizing: {
    options: { maxThreads: 3 },
    others: 12,
    before: ({ executor }) => executor.resize(1),
    after: ({ executor }) => {
      executor.resize(4);
      setImmediate(() => executor.resize(2));
    },
  },
  retries: { task: { retries: 2 }, others: 8 },
  'one task a thread': { options: { maxTasksPerThread: 1 }, others: 4 },
  'aborted at once': { others: 8, aborts: 'at once' },
  'aborted soon': { others: 8, aborts: 'soon' },
  'with a grace period': { task: { gracePeriod: 20 }, others: 8 },
  urgent: { task: { priority: 5 }, others: 60, learned: true },
  terminating: { others: 8, after: ({ executor }) => void setTimeout(() => executor.terminate(), 4), terminates: true },
};
