import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../exit-codes.js';
import { runPreloaded } from '../preloaded.js';
import { Refusal } from '../refusal.js';
import type { FindFlags } from './flags.js';
import { ASSIGNMENT, type Assignment, type Recording } from './recording.js';

export interface Watched {
  readonly recordings: readonly Recording[];
  /** Threads that ended before they could write what they saw. */
  readonly lost: number;
  /** Or was asked to end. */
  readonly succeeded: boolean;
}

/** Runs a program with every thread of it, and of the programs of Node that it starts, under the profiler. */
export async function watched(words: readonly string[], { threshold, seconds, json }: FindFlags): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-find-'));
  try {
    const assignment: Assignment = { folder, thresholdMs: threshold, seconds };
    const env = { [ASSIGNMENT]: JSON.stringify(assignment) };
    // With --json, standard output is for that alone.
    const succeeded = await runPreloaded(words, { preload: 'find/preload.cjs', env, seconds, output: json ? 2 : 1 });
    return { ...read(folder), succeeded };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(folder: string): Omit<Watched, 'succeeded'> {
  const files = readdirSync(folder);
  const recordings = files
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording);
  if (recordings.every(({ threadId }) => threadId !== 0)) {
    if (files.length === 0) throw new Refusal('no Node was started by that program, or one that takes no NODE_OPTIONS');
    throw new Refusal('the program was killed before it could write what was seen', { exitCode: exitCodes.failed });
  }
  return { recordings, lost: files.filter((file) => file.endsWith('.started')).length - recordings.length };
}
