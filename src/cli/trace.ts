import { Command } from 'commander';
import type { Lessons } from './lessons.js';
import { wholeNumber } from './option-values.js';
import { taught } from './taught.js';
import type { TraceFlags } from './trace/flags.js';

/** `run-in-executor trace -- node server.js`. */
export function traceCommand(): Command {
  const command = new Command('trace')
    .description('run a program, and draw what its executors do: one lane a thread, one bar a task, for Perfetto and the DevTools')
    .argument('<program...>', 'the program and its arguments, behind --: node server.js')
    .option('--out <file>', 'where to write the trace', 'trace.json')
    .option('--seconds <seconds>', 'end the program after that long; without it, end it yourself', wholeNumber('seconds', 1))
    .option('--tasks <count>', 'draw so many in each process, and count the rest', wholeNumber('a number of tasks', 1), 100_000)
    .passThroughOptions()
    .action(async (words: string[], flags: TraceFlags) => {
      const { trace } = await import('./trace/trace.js');
      await trace(words, flags);
    });
  return taught(command, lessons);
}

const lessons: Lessons = {
  examples: [
    ['trace -- node report.js', 'then open trace.json in https://ui.perfetto.dev'],
    ['trace -- node server.js', 'put load on it, then press Ctrl-C'],
    ['trace --seconds 30 --out load.json -- npm start', 'or let it end by itself'],
    ['trace -- node --import tsx server.ts', 'TypeScript'],
  ],
  notes: [
    "The program is not changed: a module that it loads first listens to the channels of run-in-executor, in each Node that it starts, and writes what it heard when that ends. Worker threads of the program's own are not listened to. A program that is killed (SIGKILL) writes nothing, but for what there was after --seconds.",
    'Exits with 0 if there were tasks, with 1 if there were none, with 3 if the program failed.',
  ],
};
