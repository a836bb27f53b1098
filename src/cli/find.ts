import { Command } from 'commander';
import type { FindFlags } from './find/flags.js';
import type { Lessons } from './lessons.js';
import { wholeNumber } from './option-values.js';
import { taught } from './taught.js';

/** `run-in-executor find -- node server.js`. */
export function findCommand(): Command {
  const command = new Command('find')
    .description('run a program, and find the synchronous functions that stall its event loop: what to offload, and how')
    .argument('<program...>', 'the program and its arguments, behind --: node server.js')
    .option(
      '--threshold <ms>',
      'what counts as a stall: a turn of the event loop that takes as long',
      wholeNumber('milliseconds', 5, 60_000),
      20,
    )
    .option(
      '--seconds <seconds>',
      'end the program after that long (by SIGINT, as Ctrl-C does); without it, end it yourself',
      wholeNumber('seconds', 1),
    )
    .option('--report <file>', 'write a page that draws the stalls over time: report.html')
    .option('--json', 'print the findings as JSON')
    .passThroughOptions()
    .action(async (words: string[], flags: FindFlags) => {
      const { find } = await import('./find/find.js');
      await find(words, flags);
    });
  return taught(command, lessons);
}

const lessons: Lessons = {
  examples: [
    ['find -- node server.js', 'put load on it, then press Ctrl-C'],
    ['find --seconds 30 -- npm start', 'or let it end by itself'],
    ['find --report stalls.html -- node server.js', 'drawn over time'],
    ['find --threshold 50 -- node --import tsx server.ts', 'only what takes 50 ms or longer'],
  ],
  notes: [
    "The program is not changed: V8's profiler samples each of its threads a thousand times a second, and a few calls of the functions found are looked into for the size of what they take and return. Its start does not count, nor does what stalled only once and for less than five times the threshold.",
    'Exits with 0 if nothing stalled, with 1 if something did, with 3 if the program failed by itself.',
  ],
};
