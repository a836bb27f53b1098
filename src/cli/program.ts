import { createRequire } from 'node:module';
import { Command } from 'commander';
import { benchCommand } from './bench-command.js';
import { doctorCommand } from './doctor.js';
import { exitCodes } from './exit-codes.js';
import { explainCommand } from './explain.js';
import { findCommand } from './find.js';
import type { Lessons } from './lessons.js';
import { taught } from './taught.js';
import { traceCommand } from './trace.js';

/** All commands. To add one: a file beside this one that returns its `Command`, a line here, and an example below. */
export function program(): Command {
  const { version } = createRequire(import.meta.url)('run-in-executor/package.json') as { version: string };
  const all = new Command('run-in-executor')
    .description('What to offload, to how many threads, and whether it can cross: answered for your own functions.')
    .version(version, '-v, --version', 'print the version')
    .helpCommand(false)
    // What stands behind the name of a command is that command's: `find node server.js --port 80`.
    .enablePositionalOptions()
    .addCommand(benchCommand())
    .addCommand(findCommand())
    .addCommand(traceCommand())
    .addCommand(explainCommand())
    .addCommand(doctorCommand());
  return taught(all, lessons);
}

const lessons: Lessons = {
  examples: [
    ['bench ./report.js#render', 'how many threads, if any?'],
    ['find -- node server.js', 'which functions stall the event loop?'],
    ['trace -- node server.js', 'which thread ran what, and when?'],
    ['explain ./report.js#render', 'can it go to a thread, and how?'],
    ['doctor', 'does this machine run threads as it should?'],
  ],
  exitCodes: [
    [exitCodes.ok, 'done, and the answer is yes'],
    [exitCodes.no, 'done, and the answer is no: a fault found, a threshold missed, a function that cannot cross'],
    [exitCodes.misuse, 'not understood: an unknown flag, a bad value, a file that is not there'],
    [exitCodes.failed, 'understood, and failed: what was to be run threw'],
    [exitCodes.interrupted, 'ended by Ctrl-C, with what there was by then'],
  ],
  notes: ['Each command has a --help of its own, with more examples.'],
};
