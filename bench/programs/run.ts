/** Runs a program beside this file to its end, and gives the number that it prints. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export async function numberFrom(program: string, ...args: string[]): Promise<number> {
  const file = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file, ...args], { timeout: 30_000 });
  return Number(stdout);
}
