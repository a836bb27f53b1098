/**
 * A thread ended under a task: what the task's promise is told.
 */
import { InitializerError, ThreadExitedError, ThreadOutOfMemoryError } from '../../errors.js';
import { Word } from '../../transport/shared-memory/claim-words.js';
import { wordsOf } from '../../transport/words-of.js';
import type { Lane } from '../lane/lane.js';
import { oneStack } from '../task/one-stack.js';
import type { Task } from '../task/task.js';

export function deathOf(lane: Lane, task: Task, cause: unknown): Error {
  const exitCode = lane.claims.exitCode;
  const options = { cause, exitCode };
  const name = task.label;
  if (ranOutOfMemory(cause)) {
    return new ThreadOutOfMemoryError(
      `${name} needed more memory than its thread may use, and the thread was ended: raise resourceLimits.maxOldGenerationSizeMb, or send less at a time`,
      options,
    );
  }
  if (exitCode !== null && lane.claims.word(task.sequence) === Word.LOADING) {
    const what = `A module that was being imported ended the thread by process.exit(${exitCode}) before ${name} was called`;
    return new ThreadExitedError(`${what}: move that out of the module, and run ${name} again if it imports another`, { exitCode });
  }
  if (exitCode !== null) {
    return new ThreadExitedError(`${name} ended its thread by process.exit(${exitCode}): throw an error instead`, { exitCode });
  }
  const how = cause instanceof Error ? `: ${wordsOf(cause)}` : '';
  return new ThreadExitedError(`The thread ended while ${name} ran on it${how}`, options);
}

/** It had lent its thread to others, which ended it. */
export function deathBeside(task: Task, cause: unknown): Error {
  const how = cause instanceof Error ? `: ${wordsOf(cause)}` : '';
  return new ThreadExitedError(
    `The thread of ${task.label} ended under another call while ${task.label} waited for its consumer${how} (a stream of an executor of its own is safe from that)`,
    { cause },
  );
}

/** A call whose thread died before it started: it cannot be sent again, or was, and the next ones died as well. */
export function neverStarted({ label }: Task, cause: unknown): Error {
  if (ranOutOfMemory(cause)) {
    return new ThreadOutOfMemoryError(
      `The thread ran out of memory before it started ${label}, as it received its arguments: raise resourceLimits.maxOldGenerationSizeMb, or send less at a time`,
      { cause },
    );
  }
  return new ThreadExitedError(`The thread ended before it started ${label}, which it had just been handed: run it again`, { cause });
}

export function ranOutOfMemory(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** No thread starts: what all that wait are told. An error of its own for each: the stack of one they shared would grow by each one's caller. */
export function startFailures(): (cause: unknown) => Error {
  return oneStack(startFailure);
}

/** What one of them is told. */
export function startFailure(cause: unknown): Error {
  if (cause instanceof InitializerError) return new InitializerError(cause.message, { cause: cause.cause });
  return new ThreadExitedError(`No thread could be started: ${wordsOf(cause)} (${whereToLook(cause)})`, { cause });
}

/** Node asks for the working directory as a thread starts. */
function whereToLook(cause: unknown): string {
  return (cause as NodeJS.ErrnoException | undefined)?.syscall === 'uv_cwd'
    ? 'the working directory of this process has been removed: process.chdir() to one that is there, before the next call'
    : 'look at the initializer, execArgv, env and resourceLimits, and at what preloads through NODE_OPTIONS';
}

export function initializerFailure(executor: string, cause: unknown): InitializerError {
  return new InitializerError(`The initializer of ${executor} failed: ${wordsOf(cause)}`, { cause });
}

/** What no task may take away from its thread: `Promise`, say, or `performance.now`. */
export function brokenThread(why: string): Error {
  return new Error(`its own code could not go on (${why}): a task has changed a global that Node or this library needs there`);
}
