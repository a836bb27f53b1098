/**
 * The command line as users start it: the file that `bin` in package.json names, in a process of its own, into a pipe.
 */
import { fileURLToPath } from 'node:url';
import { plainEnv } from '../faults/plain-env.mjs';
import { type Outcome, runProgram } from './programs.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const main = `${root}dist/src/cli/main.js`;

export function commandLine(args: readonly string[], cwd = root, more: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return runProgram(process.execPath, [main, ...args], cwd, 60_000, plainEnv(more));
}
