import { Command } from 'commander';
import type { Lessons } from './lessons.js';
import { wholeNumber } from './option-values.js';
import { taught } from './taught.js';

/** `run-in-executor doctor`. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('look at this machine and try threads on it: Node, inspector, cores and quota, memory, a builtin, a reference, a closure')
    .option('--threads <count>', 'how many threads to start for it', wholeNumber('a number of threads', 1, 1_000), 2)
    .option('--json', 'print the findings as JSON')
    .action(async (flags: { json?: true; threads: number }) => {
      const { examine } = await import('./doctor/examine.js');
      await examine(flags);
    });
  return taught(command, lessons);
}

const lessons: Lessons = {
  examples: [
    ['doctor', 'in the folder that your program runs in'],
    ["NODE_OPTIONS='--import tsx' npx run-in-executor doctor", 'with the flags that it runs with'],
    ['doctor --threads 16', 'are there places and memory for as many?'],
    ['doctor --json', 'for a pipeline'],
  ],
  notes: ['Exits with 1 if anything fails.'],
};
