import { Command } from 'commander';
import { explain } from '../index.js';
import { exitCodes } from './exit-codes.js';
import { givenFunction } from './function-at.js';
import type { Lessons } from './lessons.js';
import { taught } from './taught.js';
import { paint } from './terminal.js';

/** `run-in-executor explain ./report.js#render`. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description('say how a function goes to a thread, what it takes along and how large that is; why not, if it cannot')
    .argument('[function]', 'its file or package and its name: ./report.js#render')
    .option('-e, --eval <function>', "an inline function in its place: '(n) => n * 2'")
    .option('--json', 'print what explain(fn) returns, as JSON')
    .action(run);
  return taught(command, lessons);
}

const lessons: Lessons = {
  examples: [
    ['explain ./report.js#render', 'a function that a file exports'],
    ['explain ./tools.js#Parser.parse', 'a member of an export'],
    ['explain lodash#chunk', 'of a package'],
    ['explain node:zlib#gzipSync', 'of Node'],
    ["explain -e '(n) => n * 2'", 'written here'],
  ],
  notes: [
    'The file is imported, so what it does when it is imported is done. Of a function that is not exported, ask in your program: console.log(String(explain(fn))).',
    'Exits with 1 if the function cannot cross.',
  ],
};

async function run(target: string | undefined, flags: { eval?: string; json?: true }): Promise<void> {
  const explanation = explain(await givenFunction('explain', target, flags.eval));
  const [headline, ...captures] = String(explanation).split('\n');
  const lines = [paint(explanation.way === 'none' ? 'red' : 'green', headline ?? ''), ...captures];
  console.log(flags.json ? JSON.stringify(explanation, undefined, 2) : lines.join('\n'));
  if (explanation.way === 'none') process.exitCode = exitCodes.no;
}
