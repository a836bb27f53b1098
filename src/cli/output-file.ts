/**
 * Files that a command writes at its end, perhaps an hour after it was asked for: whether it can is told before.
 */
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { Refusal } from './refusal.js';

/** What is there stays until there is something to put in its place. `flag`: the one that names the file. Throws Refusal. */
export function refuseUnwritable(flag: string, file: string): void {
  const isNew = !existsSync(file);
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new Refusal(`${flag} takes a file that can be written: ${(error as Error).message}`);
  }
  if (isNew) rmSync(file, { force: true });
}
