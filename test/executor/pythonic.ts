/**
 * What the tests after CPython's own share: executors that end with their test, tasks that hold their thread, programs of their own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { currentThread, Executor } from 'run-in-executor';
import { expect, onTestFinished } from 'vitest';
import { runText } from '../setup/programs.js';

export function made(options: ConstructorParameters<typeof Executor>[0]): Executor {
  const each = new Executor(options);
  onTestFinished(() => each.terminate());
  return each;
}

export const power = (base: number, exponent: number) => base ** exponent;
export const threadOf = () => currentThread()?.id;
export const shared = () => new Int32Array(new SharedArrayBuffer(16));
export const count = (words: Int32Array) => Atomics.add(words, 0, 1);

/** Starts, says so, and holds its thread until it is let go. */
export const hold = (words: Int32Array) => {
  Atomics.add(words, 0, 1);
  Atomics.notify(words, 0);
  Atomics.wait(words, 1, 0);
  return threadOf();
};

export const letGo = (words: Int32Array) => {
  Atomics.store(words, 1, 1);
  Atomics.notify(words, 1);
};

export const until = async (holds: () => boolean) => {
  while (!holds()) await sleep(1);
};

/** What a program prints that is to end by itself, without a word on stderr. */
export async function program(text: string, ...flags: string[]): Promise<string> {
  const source = `import { Executor, getDefaultExecutor, runInExecutor } from 'run-in-executor';
    import { setTimeout as sleep } from 'node:timers/promises';
    ${text}`;
  const { exitCode, stdout, stderr } = await runText(source, ...flags);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}
