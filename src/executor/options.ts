/**
 * The options of an executor and of a task: checked once, returned filled in.
 */
import type { AsyncLocalStorage } from 'node:async_hooks';
import { availableParallelism } from 'node:os';
import type { Store } from '../transport/context-store.js';
import {
  checkOptions,
  either,
  flag,
  fn,
  integer,
  list,
  mebibytes,
  milliseconds,
  number,
  object,
  oneOf,
  positive,
  type Rules,
  signal,
  text,
} from './check-options.js';
import type { Fn } from './submit.js';
import type { TaskOptions } from './task-options.js';
import { type Verify, verifyByDefault } from './verify/tell.js';

/** V8's limits of one thread, in MiB, as `worker_threads` takes them. */
export interface ResourceLimits {
  /** The heap of objects that live on. Beyond it: `ThreadOutOfMemoryError`. From 3 up; a thread needs about 10 of it to start. */
  maxOldGenerationSizeMb?: number;
  /** The heap of new objects. */
  maxYoungGenerationSizeMb?: number;
  /** Memory for generated code. */
  codeRangeSizeMb?: number;
  /** The stack: how deep calls may nest. From 0.3 up; Node's default is 4. */
  stackSizeMb?: number;
}

/** What `new Executor()` takes; every option may be left out. */
export interface ExecutorOptions {
  /** The concurrency limit: at most this many tasks run at once. Default: `availableParallelism()`. Functions that block rather than compute want more. */
  maxThreads?: number | undefined;
  /** Threads kept alive when idle. Default 0 for the default executor, else 1. */
  minThreads?: number | undefined;
  /** ms after which an idle thread above `minThreads` ends; Infinity: never. Default 30,000. */
  idleTimeout?: number | undefined;
  /** The most tasks that may wait; one more rejects with `QueueFullError`. Default: no bound. */
  maxQueue?: number | undefined;
  /** Runs once in every thread before its first task (awaited), as in ThreadPoolExecutor(initializer). If it throws, it is tried again in another thread, twice within about 0.1 s; then the tasks that wait reject with `InitializerError`, and the next call tries anew. */
  initializer?: Fn | undefined;
  /** What the initializer is called with, copied for each thread. Default: nothing. The compiler checks them where they are bound instead: `initializer: partial(open, file)`. */
  initializerArgs?: unknown[] | undefined;
  /** Runs in every thread as it is let go (idle, replaced, closed), e.g. to close a connection; not in one that is killed or dies. While calls wait for its place it has 5 s. */
  finalizer?: Fn | undefined;
  /** Options of every task that does not set its own. */
  defaults?: TaskOptions | undefined;
  /** 'reference' refuses functions that would cross by value (and never opens the inspector). Default 'any'. */
  functions?: 'any' | 'reference' | undefined;
  /** A thread is replaced after this many tasks. Default: never. */
  maxTasksPerThread?: number | undefined;
  /** A thread whose V8 heap in use is above this (MiB) after a task is replaced: the cure for leaking code. Default: never. */
  maxHeapPerThread?: number | undefined;
  /**
   * How much lower the kernel ranks the threads than the calling thread, in steps of `nice(1)`, 0 to 19. Default 10: where processors are short,
   * the event loop that has something to do goes before what threads compute. On Linux only (elsewhere it is the process that is ranked); a child
   * process that a task starts has its thread's rank. Where others of the same container or session want all processors, tasks come second: 0 shares evenly.
   */
  niceIncrement?: number | undefined;
  /** V8 heap limits of each thread, in MiB: a task beyond them fails with `ThreadOutOfMemoryError`. Default: Node's own. */
  resourceLimits?: ResourceLimits | undefined;
  /** The threads' `process.env`. Default: a copy of this process's. */
  env?: NodeJS.ProcessEnv | undefined;
  /** Node flags of the threads. Default: this process's own. */
  execArgv?: string[] | undefined;
  /**
   * Stores whose values follow a task into its thread, copied as of the call: asyncio's contextvars. Each is exported by name from a
   * module that the thread can import (not the program's entry), or named by a function, `() => store`, where a bundler, a loader or a
   * test runner keeps modules out of reach.
   */
  // biome-ignore lint/suspicious/noExplicitAny: stores of anything
  context?: (AsyncLocalStorage<any> | (() => AsyncLocalStorage<any>))[] | undefined;
  /**
   * For test suites: each call runs on a thread and then here too, and what differs is told, with a diff and the place of the call:
   * true by warnings (`MismatchError`, once a place), 'throw' by the call's rejection, a function is called. The caller gets what the
   * thread gave. Streams are not verified. Default: false, or what `RUN_IN_EXECUTOR=verify` or `verify-throw` says for the process.
   */
  verify?: Verify | undefined;
  /** The pool's name in traces, metrics and errors, and in `currentThread()`. Default: `executor-N`. */
  name?: string | undefined;
}

/** Threads idle longer than this cost more memory (about 10 MiB each) than their start (30 to 50 ms) is worth: a guess at a service's rhythm, ms. */
const IDLE_TIMEOUT = 30_000;

/** A ninth of the weight: the least at which an event loop beside two threads that compute was hardly ever late (0.3 ms at the 99th percentile; 1.2 with 5, 1.5 with 0). */
const NICE_INCREMENT = 10;

const TASK_RULES: Rules = {
  signal,
  timeout: milliseconds,
  queueTimeout: milliseconds,
  gracePeriod: either(milliseconds, fn),
  priority: number,
  retries: integer(0, ' (Infinity: as often as it takes)'),
  name: text,
};

/** Beyond these bounds it is not the thread that ends as it starts, but, in Node, the whole process: measured on Node 20 to 26, with some to spare. */
const RESOURCE_RULES: Rules = {
  maxOldGenerationSizeMb: mebibytes(3, Number.POSITIVE_INFINITY),
  maxYoungGenerationSizeMb: positive,
  codeRangeSizeMb: mebibytes(0, 1_000_000),
  stackSizeMb: mebibytes(0.3, 1_000_000),
};

const EXECUTOR_RULES: Rules = {
  maxThreads: integer(1),
  minThreads: integer(0),
  idleTimeout: milliseconds,
  maxQueue: integer(0, ' (Infinity: no bound)'),
  initializer: fn,
  initializerArgs: list('arguments', () => true),
  finalizer: fn,
  defaults: object,
  functions: oneOf('any', 'reference'),
  maxTasksPerThread: integer(1, ' (Infinity: never)'),
  maxHeapPerThread: positive,
  niceIncrement: integer(0),
  resourceLimits: object,
  env: object,
  execArgv: list('strings', (item) => typeof item === 'string'),
  context: list(
    'AsyncLocalStorage, or of functions that return one',
    (item) => typeof item === 'function' || typeof (item as Store | undefined)?.getStore === 'function',
  ),
  verify: either(flag, either(oneOf('throw'), fn)),
  name: text,
};

/** Throws TypeError or RangeError, and names the option. */
export function checkTaskOptions(options: unknown, of = 'with()'): asserts options is TaskOptions {
  checkOptions(of, options, TASK_RULES);
}

const MAP_RULES: Rules = {
  ...TASK_RULES,
  chunkSize: either(integer(1), oneOf('auto')),
  ordered: flag,
  lookahead: integer(1, ' (Infinity: all)'),
  onProgress: fn,
};

export function checkMapOptions(options: object): void {
  checkOptions('map()', options, MAP_RULES);
}

/** Those of an executor's own methods. */
export function checkMethodOptions(of: 'ready()' | 'close()' | 'resize()' | 'trace()', options: object): void {
  checkOptions(of, options, METHOD_RULES[of]);
}

const METHOD_RULES: Readonly<Record<Parameters<typeof checkMethodOptions>[0], Rules>> = {
  'ready()': { signal },
  // What is left until a deadline may be below 0.
  'close()': { timeout: { ...milliseconds, isInRange: number.isInRange } },
  'resize()': { maxThreads: { ...integer(1), isNeeded: true } },
  'trace()': { maxTasks: integer(0, ' (Infinity: all)') },
};

export function checkExecutorOptions(options: ExecutorOptions): void {
  checkOptions('Executor', options, EXECUTOR_RULES);
  if (options.defaults !== undefined) checkTaskOptions(options.defaults, 'Executor defaults');
  if (options.resourceLimits !== undefined) checkOptions('Executor resourceLimits', options.resourceLimits, RESOURCE_RULES);
  const { minThreads, maxThreads } = options;
  if (minThreads !== undefined && maxThreads !== undefined && minThreads > maxThreads) {
    throw new RangeError(`Executor: minThreads takes at most maxThreads (${maxThreads}): received ${minThreads}`);
  }
}

let executors = 0;

/** What an executor without a name is called. */
function nextName(): string {
  return `executor-${++executors}`;
}

export function filledIn(options: ExecutorOptions) {
  const maxThreads = options.maxThreads ?? availableParallelism();
  return {
    name: options.name ?? nextName(),
    maxThreads,
    minThreads: Math.min(options.minThreads ?? 1, maxThreads),
    idleTimeout: options.idleTimeout ?? IDLE_TIMEOUT,
    maxQueue: options.maxQueue ?? Number.POSITIVE_INFINITY,
    functions: options.functions ?? ('any' as const),
    defaults: options.defaults ?? {},
    verify: options.verify ?? verifyByDefault(),
    maxTasksPerThread: options.maxTasksPerThread ?? Number.POSITIVE_INFINITY,
    maxHeapPerThread: options.maxHeapPerThread ?? Number.POSITIVE_INFINITY,
    niceIncrement: options.niceIncrement ?? NICE_INCREMENT,
  };
}
