import { Executor } from 'run-in-executor';
import { ownCpuTime } from '../clocks.js';
import type { Case, Contestant } from '../contest.js';
import { scenario } from '../scenario.js';
import { identity } from '../tasks.js';

/** A hundred calls in one go. */
type Go = () => Promise<unknown>[];

const CALLS = 100;

const ways: Record<string, (executor: Executor) => () => Promise<unknown>> = {
  'by reference': (executor) => () => executor.run(identity, 1),
  'by name': (executor) => () => executor.run(Math.abs, 1),
  wrapped: (executor) => {
    const wrapped = executor.wrap(identity);
    return () => wrapped(1);
  },
  'top-level, by value': (executor) => () => executor.run(topLevel, 1),
  'one closure': (executor) => {
    const closure = adding(2);
    return () => executor.run(closure, 1);
  },
  'a closure made anew': (executor) => {
    let n = 0;
    return () => executor.run(adding(n++), 1);
  },
};

export const crossing = scenario<Go>({
  name: 'crossing',
  title: 'What each way of crossing costs',
  about:
    'One call by each way in which a function crosses, in µs of processor time on the calling thread (wall time where the platform does not tell), by the hundred, warm.',
  contestants: Object.keys(ways).map(contestant),
  cases: [calls()],
  figures: [{ name: 'cpu', unit: 'µs a call on the calling thread', better: 'lower' }],
  baseline: 'by reference',
  targets: [
    { case: 'a call', figure: 'cpu', contestant: 'a closure made anew', than: { limit: 300 }, atLeast: 1 },
    { case: 'a call', figure: 'cpu', contestant: 'wrapped', than: { limit: 5 }, atLeast: 1 },
    { case: 'a call', figure: 'cpu', contestant: 'top-level, by value', than: { limit: 5 }, atLeast: 1 },
  ],
});

function contestant(name: string): Contestant<Go> {
  return {
    name,
    open: async () => {
      const executor = new Executor({ maxThreads: 1 });
      const call = (ways[name] as (typeof ways)[string])(executor);
      const go = () => Array.from({ length: CALLS }, call);
      for (let i = 0; i < 5; i++) await Promise.all(go());
      return Object.assign(go, { close: () => executor.close() });
    },
  };
}

function calls(): Case<Go> {
  return {
    name: 'a call',
    sample: async (go, effort) => {
      const times = Math.ceil(20 * effort);
      const start = ownCpuTime() ?? performance.now() * 1_000;
      for (let i = 0; i < times; i++) await Promise.all(go());
      return { cpu: ((ownCpuTime() ?? performance.now() * 1_000) - start) / (times * CALLS) };
    },
  };
}

/** Not exported: crosses by value. */
function topLevel(value: number): number {
  return value + 1;
}

function adding(n: number): (value: number) => number {
  return (value) => value + n;
}
