import { createRequire } from 'node:module';
import { Command } from 'commander';
import { benchCommand } from './bench-command.js';
import { doctorCommand } from './doctor.js';
import { explainCommand } from './explain.js';
import { findCommand } from './find.js';
import { taught } from './taught.js';
import { traceCommand } from './trace.js';

/** All commands. To add one: a file beside this one that returns its `Command`, a line here, and an example below. */
export function program(): Command {
  const { version } = createRequire(import.meta.url)('run-in-executor/package.json') as { version: string };
  const all = new Command('run-in-executor')
    .description('What to offload, to how many threads, and whether it can cross: answered for your own functions.')
    .version(version, '--version', 'print the version')
    .helpCommand(false)
    // What stands behind the name of a command is that command's: `find node server.js --port 80`.
    .enablePositionalOptions()
    .addCommand(benchCommand())
    .addCommand(findCommand())
    .addCommand(traceCommand())
    .addCommand(explainCommand())
    .addCommand(doctorCommand());
  return taught(all, help);
}

const help = `
Examples:
  $ npx run-in-executor bench ./report.js#render     # how many threads, if any?
  $ npx run-in-executor find -- node server.js       # which functions stall the event loop?
  $ npx run-in-executor trace -- node server.js      # which thread ran what, and when?
  $ npx run-in-executor explain ./report.js#render   # can it go to a thread, and how?
  $ npx run-in-executor doctor                       # does this machine run threads as it should?

Exit codes:
  0  done, and the answer is yes
  1  done, and the answer is no: a fault found, a threshold missed, a function that cannot cross
  2  not understood: an unknown flag, a bad value, a file that is not there
  3  understood, and failed: what was to be run threw
  130  ended by Ctrl-C, with what there was by then

Each command has a --help of its own, with more examples.`;
