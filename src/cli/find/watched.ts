import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodes } from '../exit-codes.js';
import { Refusal } from '../refusal.js';
import { complain } from '../terminal.js';
import type { FindFlags } from './flags.js';
import { ASSIGNMENT, type Assignment, type Recording } from './recording.js';

export interface Watched {
  readonly recordings: readonly Recording[];
  /** Threads that ended before they could write what they saw. */
  readonly lost: number;
}

/** Runs a program with every thread of it, and of the programs of Node that it starts, under the profiler. */
export async function watched(words: readonly string[], { threshold, seconds, json }: FindFlags): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-find-'));
  try {
    const assignment: Assignment = { folder, thresholdMs: threshold, seconds };
    const preload = `--require ${JSON.stringify(fileURLToPath(new URL(PRELOAD, import.meta.url)))}`;
    const env = {
      ...process.env,
      NODE_OPTIONS: [process.env.NODE_OPTIONS, preload].filter(Boolean).join(' '),
      [ASSIGNMENT]: JSON.stringify(assignment),
    };
    const [program = '', ...args] = words;
    // With --json, standard output is for that alone.
    const output = json ? 2 : 1;
    await ended(spawn(program, args, { env, stdio: [0, output, 2], shell: process.platform === 'win32' }), program, seconds);
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the chunk that this is built into: the one file that has to be found by its name. */
const PRELOAD = '../find/preload.cjs';

/** The interruption of a terminal reaches the program by itself, and this process has to outlive it. */
async function ended(child: ChildProcess, program: string, seconds: number | undefined): Promise<void> {
  const interrupted = (): void => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  };
  const terminated = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', interrupted).on('SIGTERM', terminated);
  const timers = seconds === undefined ? [] : end(child, seconds * 1_000);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => {
        reject(
          new Refusal(error.code === 'ENOENT' ? `there is no program ${program} to run` : `${program} cannot be run: ${error.message}`),
        );
      });
      child.on('exit', (code, signal) => {
        const wasAsked = signal !== null || code === 0 || code === 128 + constants.signals.SIGINT;
        if (!wasAsked) complain(`${program} exited with ${code}; this is what was seen until then`);
        resolve();
      });
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    process.off('SIGINT', interrupted).off('SIGTERM', terminated);
  }
}

/** First as Ctrl-C, then as a supervisor, then for good. */
function end(child: ChildProcess, ms: number): NodeJS.Timeout[] {
  return (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map((signal, step) => setTimeout(() => child.kill(signal), ms + step * PATIENCE));
}

/** ms that a program has to end by itself after each step. */
const PATIENCE = 5_000;

function read(folder: string): Watched {
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
