/**
 * Runs a program as a user would, in a process of its own.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterOwnTime } from './own-time.mjs';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Ended after `patience` ms in which this process ran, with an exit code of 1: a program of this library ends by itself. */
export async function runProgram(
  command: string,
  args: readonly string[],
  cwd: string,
  patience = 60_000,
  env = process.env,
): Promise<Outcome> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const callOff = afterOwnTime(patience, () => child.kill('SIGKILL'));
  const exited = new Promise<number>((resolve, reject) => child.on('exit', (code) => resolve(code ?? 1)).on('error', reject));
  try {
    const [exitCode, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
    return { exitCode, stdout, stderr };
  } finally {
    callOff();
  }
}

/** Runs the text of an ES module, which imports the package by its name. */
export function runText(text: string, ...flags: string[]): Promise<Outcome> {
  return runProgram(process.execPath, [...flags, '--input-type=module', '-e', text], process.cwd());
}

/** What `node` needs before the name of a program to run it. */
export function loaderFor(program: string): string[] {
  return /\.[cm]?ts$/.test(program) ? ['--import', 'tsx'] : [];
}
