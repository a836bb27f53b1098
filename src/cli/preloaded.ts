/**
 * Programs of the user's, run with a module of ours that every Node among them loads before anything of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.js';
import { complain } from './terminal.js';

interface PreloadedRun {
  /** As `package.json` would have it of `dist/src/cli`: `find/preload.cjs`. */
  readonly preload: string;
  /** What the module is told, by the name of the variable that it looks for. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the program after that long. */
  readonly seconds: number | undefined;
  /** Where the program's standard output goes. */
  readonly output?: 1 | 2;
}

/** Runs it to its end; false where it ended otherwise than by success or by a signal that asks for its end. */
export async function runPreloaded(words: readonly string[], { preload, env, seconds, output = 1 }: PreloadedRun): Promise<boolean> {
  // From the chunk that this is built into.
  const file = fileURLToPath(new URL(`../${preload}`, import.meta.url));
  const options = [process.env.NODE_OPTIONS, `--require ${JSON.stringify(file)}`].filter(Boolean).join(' ');
  const [program = '', ...args] = words;
  const child = spawn(program, args, {
    env: { ...process.env, NODE_OPTIONS: options, ...env },
    stdio: [0, output, 2],
    shell: process.platform === 'win32',
  });
  return ended(child, program, seconds);
}

/** The interruption of a terminal reaches the program by itself, and this process has to outlive it. */
async function ended(child: ChildProcess, program: string, seconds: number | undefined): Promise<boolean> {
  const interrupted = (): void => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  };
  const terminated = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', interrupted).on('SIGTERM', terminated);
  const timers = seconds === undefined ? [] : end(child, seconds * 1_000);
  try {
    return await new Promise<boolean>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => {
        reject(
          new Refusal(error.code === 'ENOENT' ? `there is no program ${program} to run` : `${program} cannot be run: ${error.message}`),
        );
      });
      child.on('exit', (code, signal) => {
        const wasAsked = code === 0 || (signal === 'SIGKILL' && child.killed) || ASKED.some((each) => isEndBy(each, code, signal));
        if (!wasAsked)
          complain(`${program} ${signal === null ? `exited with ${code}` : `was ended by ${signal}`}; this is what was seen until then`);
        resolve(wasAsked);
      });
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    process.off('SIGINT', interrupted).off('SIGTERM', terminated);
  }
}

/** What asks a program to end. Others are crashes: SIGABRT is how V8 says that memory is out. */
const ASKED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** By the signal itself, or as a shell says it. */
function isEndBy(asked: NodeJS.Signals, code: number | null, signal: NodeJS.Signals | null): boolean {
  return signal === asked || code === 128 + constants.signals[asked];
}

/** First as Ctrl-C, then as a supervisor, then for good. */
function end(child: ChildProcess, ms: number): NodeJS.Timeout[] {
  return (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map((signal, step) => setTimeout(() => child.kill(signal), ms + step * PATIENCE));
}

/** ms that a program has to end by itself after each step. */
const PATIENCE = 5_000;
