/**
 * The executor behind `runInExecutor`: made at the first use, and exchangeable.
 */
import { nounOf } from '../errors.js';
import { ownFunction } from '../transport/functions/own.js';
import { Executor } from './executor.js';
import type { ExecutorLike } from './executor-like.js';
import { checkTaskOptions } from './options.js';
import { type ManyCalls, makeRun, type Run } from './run.js';
import type { Fn, Submit } from './submit.js';
import type { TaskOptions } from './task-options.js';
import { verifyByDefault } from './verify/tell.js';

let current: ExecutorLike | undefined;

/** The executor behind `runInExecutor`, with `availableParallelism()` threads and none kept when idle. */
export function getDefaultExecutor(): ExecutorLike {
  current ??= new Executor({ name: 'default', minThreads: 0 });
  return current;
}

/** Puts another in its place, for all later calls. The one before is not closed. Throws TypeError for what has no `run()`. */
export function setDefaultExecutor(executor: ExecutorLike): void {
  if (typeof executor?.run !== 'function')
    throw new TypeError(
      `Cannot make ${nounOf(executor)} the default executor: it has no run(); pass an Executor, or what has its interface`,
    );
  current = executor;
}

const NO_OPTIONS: TaskOptions = {};

function runWith(options: TaskOptions): Run {
  const { run } = getDefaultExecutor();
  return options === NO_OPTIONS ? run : run.with(options);
}

const many: ManyCalls = {
  map: (options, fn, items, mapOptions) => runWith(options).map(fn as never, items as never, mapOptions),
  stream: (options, fn, args) => runWith(options).stream(fn as never, ...(args as never[])),
};

const submit: Submit = (fn, args, options, self) => {
  // Only verify mode wants to know what a wrapped function was called on.
  if (self !== undefined && verifyByDefault() !== false) return Reflect.apply(runWith(options).wrap(fn as Fn), self, args);
  return runWith(options)(fn as never, ...(args as never[])) as Promise<unknown>;
};

/**
 * Runs `fn` on a thread of the default executor, and resolves with what it returns.
 *
 * Never throws: whatever is wrong, the promise rejects. Costs the calling thread 2 to 20 µs, and the copy of the arguments.
 * Not for what Node does asynchronously by itself (`pbkdf2`, `gzip`, `readFile`): that runs on its own threads already.
 *
 * @example
 * const html = await runInExecutor(marked.parse, text);
 */
export const runInExecutor: Run = makeRun(submit, many, NO_OPTIONS, checkTaskOptions);

ownFunction(runInExecutor, 'runInExecutor');
ownFunction(getDefaultExecutor, 'getDefaultExecutor');
