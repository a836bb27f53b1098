import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Executor } from 'run-in-executor';
import type { Case, Contestant } from '../contest.js';
import { THREADS } from '../contestants.js';
import { numberFrom } from '../programs/run.js';
import { scenario } from '../scenario.js';
import { median } from '../statistics.js';
import { double, identity } from '../tasks.js';

/** µs, by question. */
interface Field {
  ask(question: Question, calls: number): Promise<number>;
}

type Question = 'start' | 'serial' | 'burst' | 'map';

export const python = scenario<Field>({
  name: 'python',
  title: "Beside Python's concurrent.futures",
  about:
    "The same questions put to Python's executors with two workers: importing and the first result, serial calls, a burst, and `map` with chunks of 32. Its threads share one interpreter lock, so they cost little and compute nothing in parallel; its processes compute in parallel, as threads do here.",
  contestants: [ours(), theirs('ThreadPoolExecutor', 'threads'), theirs('ProcessPoolExecutor', 'processes')],
  cases: [
    question('first result', 'start', 1),
    question('serial', 'serial', 2_000),
    question('burst', 'burst', 20_000),
    question('map', 'map', 200_000),
  ],
  warmUp: 0,
  figures: [{ name: 'call', unit: 'µs', better: 'lower' }],
  baseline: 'ProcessPoolExecutor',
  targets: [],
  rounds: 3,
});

function question(name: string, asked: Question, calls: number): Case<Field> {
  return { name, sample: async (field, effort) => ({ call: await field.ask(asked, Math.ceil(calls * effort)) }) };
}

function theirs(name: string, kind: string): Contestant<Field> {
  // Python is not compiled along with the benchmarks: it lies where they were written.
  const file = fileURLToPath(new URL('../../../bench/programs/field.py', import.meta.url));
  return {
    name,
    open: async () => {
      if (!existsSync(file)) throw new Error(`${file} is missing`);
      const run = (...args: string[]) => promisify(execFile)('python3', args, { timeout: 60_000 });
      await run('--version');
      return {
        ask: async (asked, calls) => Number((await run(file, kind, asked, String(calls))).stdout),
        close: async () => undefined,
      };
    },
  };
}

function ours(): Contestant<Field> {
  return {
    name: 'run-in-executor',
    open: async () => {
      const executor = new Executor({ maxThreads: THREADS });
      await Promise.all([executor.run(identity, 1), executor.run(double, 1)]);
      const questions: Record<Question, (calls: number) => Promise<number>> = {
        start: async () => 1_000 * (await numberFrom('start', 'run-in-executor')),
        serial: async (calls) => {
          const took: number[] = [];
          for (let i = 0; i < calls; i++) took.push(await timeOf(() => executor.run(identity, i)));
          return median(took);
        },
        burst: async (calls) =>
          (await timeOf(() => Promise.all(Array.from({ length: calls }, (_, i) => executor.run(identity, i))))) / calls,
        map: async (calls) => (await timeOf(() => executor.map(double, Array(calls).keys()).toArray())) / calls,
      };
      return { ask: (asked, calls) => questions[asked](calls), close: () => executor.close() };
    },
  };
}

async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) * 1_000;
}
