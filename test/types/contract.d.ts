// biome-ignore-all lint/suspicious/noExplicitAny: as the package itself does, and for its reasons
/**
 * run-in-executor: the public surface, as a contract.
 *
 * `import { … } from 'run-in-executor'` offers at least these names. The project's own declarations may be finer
 * (better inference, more documentation, more options), never narrower: code that type-checks against this file
 * type-checks against the package. Inference was tried on overloaded builtins, generics, optional, rest and
 * readonly parameters, async functions and functions that need `this` (TypeScript 5.9 and 7.0).
 */

/** A function that needs no `this` of its own; one that does is bound first (`run(object.method.bind(object))`). */
type Fn = (this: void, ...args: any[]) => any;
type Result<F extends Fn> = Awaited<ReturnType<F>>;

// ── Running one function ────────────────────────────────────────────────────────────

/** `runInExecutor(fn, ...args)`: runs `fn` on a thread of the default executor. Never throws: whatever is wrong, the promise rejects. */
export const runInExecutor: Run;

/** Arguments are copied, and transfers detached, as of the call: what the caller changes afterwards is not seen by the task. */
export interface Run {
  /** Positional, overloads kept: `run(readFileSync, path, 'utf8')` is a `Promise<string>`. */
  <F extends Fn, const G extends ArgumentsOf<Overloads<F>>>(fn: F, ...args: G): Promise<Awaited<ResultOf<Overloads<F>, G>>>;
  /** Positional, generics kept. */
  <A extends unknown[], R>(fn: (this: void, ...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Positional: `run(fib, 40)`. */
  <F extends Fn>(fn: F, ...args: Parameters<F>): Promise<Result<F>>;
  /** Named: `run.named(delayedPrint, { mes: '222', sec: 2 })`, matched to `fn`'s parameter names (when called: types know the values, not the names). */
  named<F extends Fn>(fn: F, args: NamedArguments<F>): Promise<Result<F>>;
  /** The same calls with options: `run.with({ signal, timeout: 500 })(fib, 40)`, `run.with({ signal }).stream(lines, file)`. */
  with(options: TaskOptions): Run;
  /** An async function that runs `fn` there. */
  wrap<A extends unknown[], R>(fn: (this: void, ...args: A) => R): (...args: A) => Promise<Awaited<R>>;
  /** `fn` over all items: await it for an array in the order of `items`, or iterate it as results come. `fn` gets the item alone (`items.entries()` serves the index). */
  map<T, R>(fn: (this: void, item: T) => R, items: Iterable<T> | AsyncIterable<T>, options?: MapOptions): MapResult<Awaited<R>>;
  /** What a (sync or async) generator function yields, pulled with back-pressure; leaving the loop stops it. */
  stream<A extends unknown[], T>(fn: (this: void, ...args: A) => Iterable<T> | AsyncIterable<T>, ...args: A): AsyncIterableIterator<T>;
}

/** The one parameter's object where `fn` takes one; else any of its parameter values by name, and an array for a rest parameter. */
export type NamedArguments<F extends Fn> =
  Required<Parameters<F>> extends [infer Only extends object]
    ? Only | Record<string, Only>
    : Record<string, Parameters<F>[number] | (number extends Parameters<F>['length'] ? Parameters<F>[number][] : never)>;

export interface TaskOptions {
  /** Aborting removes a queued task, stops a running one, and rejects at once with `signal.reason`. */
  signal?: AbortSignal | undefined;
  /** Run-time limit in ms, from the moment a thread takes the task (loading its module included): `TaskTimeoutError`. */
  timeout?: number | undefined;
  /** The longest wait in ms for a thread: `TaskTimeoutError`, and the task never starts. (For both together, `AbortSignal.timeout`.) */
  queueTimeout?: number | undefined;
  /** ms that an aborted or timed-out task gets to end by itself through `currentThread().signal` before its thread is ended; Infinity never ends it. Default 0. */
  gracePeriod?: number | undefined;
  /** Higher runs first; equal priorities run first in, first out. Default 0. */
  priority?: number | undefined;
  /** How often to run again a task whose thread died under it (never one that threw, nor one that transferred). Default 0. */
  retries?: number | undefined;
  /** The label of the task in traces and metrics. Default: the function's name. */
  name?: string | undefined;
}

/** functools.partial: a function with its first arguments bound, for any place that takes a function. */
export const partial: {
  <A extends unknown[], B extends unknown[], R>(fn: (this: void, ...args: [...A, ...B]) => R, ...bound: A): (...rest: B) => R;
  /** With named arguments bound: `run(partial.named(delayedPrint, { mes: '111', sec: 1 }))`. */
  named<F extends Fn>(fn: F, args: NamedArguments<F>): () => ReturnType<F>;
};

/**
 * Functions named by their module, without loading it here: for bundled programs, and for modules too heavy to import on this thread.
 * `run(fromModule<typeof import('./report.js')>(new URL('./report.js', import.meta.url)).render, rows)`. Never make `module` out of a user's input.
 */
export function fromModule<M extends object>(module: URL | string): { readonly [K in keyof M as M[K] extends Fn ? K : never]: M[K] };

/** How `fn` would cross, what it captures and how large that is; why not, if it cannot. Changes and runs nothing. */
export function explain(fn: Fn): Explanation;
export interface Explanation {
  way: 'name' | 'reference' | 'value' | 'none';
  /** `node:zlib#gzipSync`, `file:///…/report.js#render`, or the source location. */
  from: string;
  captures: { name: string; way: 'name' | 'reference' | 'value' | 'none'; bytes?: number; problem?: string }[];
  problem?: string;
  /** The same in words, for a terminal. */
  toString(): string;
}

// ── Executors ───────────────────────────────────────────────────────────────────────

export interface ExecutorOptions {
  /** The concurrency limit: at most this many tasks run at once. Default: `availableParallelism()`. Functions that block rather than compute want more. */
  maxThreads?: number | undefined;
  /** Threads kept alive when idle. Default 0 for the default executor, else 1. */
  minThreads?: number | undefined;
  /** ms after which an idle thread above `minThreads` ends. */
  idleTimeout?: number | undefined;
  /** The most tasks that may wait; one more rejects with `QueueFullError`. Default: no bound. */
  maxQueue?: number | undefined;
  /** Runs once in every thread before its first task (awaited), as in ThreadPoolExecutor(initializer). */
  initializer?: Fn | undefined;
  initializerArgs?: unknown[] | undefined;
  /** Runs in every thread as it is let go (idle, replaced, closed), e.g. to close a connection; not in one that is killed or dies. */
  finalizer?: Fn | undefined;
  /** Options of every task that does not set its own. */
  defaults?: TaskOptions | undefined;
  /** 'reference' refuses functions that would cross by value (and never opens the inspector). Default 'any'. */
  functions?: 'any' | 'reference' | undefined;
  /** A thread is replaced after this many tasks. */
  maxTasksPerThread?: number | undefined;
  /** A thread whose V8 heap in use is above this (MiB) after a task is replaced: the cure for leaking code. */
  maxHeapPerThread?: number | undefined;
  /** V8 heap limits of each thread: a task beyond them fails with `ThreadOutOfMemoryError`. */
  resourceLimits?:
    | { maxOldGenerationSizeMb?: number; maxYoungGenerationSizeMb?: number; codeRangeSizeMb?: number; stackSizeMb?: number }
    | undefined;
  env?: NodeJS.ProcessEnv | undefined;
  execArgv?: string[] | undefined;
  /** Stores that follow a task into its thread (exported from a module): asyncio's contextvars. */
  context?: import('node:async_hooks').AsyncLocalStorage<any>[] | undefined;
  /** The pool's name in thread names, traces and metrics. */
  name?: string | undefined;
}

/** What every executor offers, here or on a fleet: take this type where an executor is wanted. */
export interface ExecutorLike extends AsyncDisposable {
  readonly run: Run;
  readonly name: string;
  readonly closed: boolean;
  map: Run['map'];
  stream: Run['stream'];
  wrap: Run['wrap'];
  /** Resolves when the queue has room: one waiting caller for each place that comes free, in order. The way to hold back a producer. */
  ready(options?: { signal?: AbortSignal | undefined }): Promise<void>;
  stats(): ExecutorStats;
  /** Takes no new task, finishes all taken, ends the threads; past `timeout` ms it terminates. Never rejects. */
  close(options?: { timeout?: number | undefined }): Promise<void>;
}

export class Executor implements ExecutorLike {
  constructor(options?: ExecutorOptions);
  readonly run: Run;
  readonly name: string;
  readonly maxThreads: number;
  readonly closed: boolean;
  map: Run['map'];
  stream: Run['stream'];
  /** As a standard (TC39) decorator of a method that returns a promise, `@executor.wrap`: its calls run here, with a copy of `this`. */
  wrap<This, A extends unknown[], R>(
    method: (this: This, ...args: A) => Promise<R>,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: A) => Promise<R>>,
  ): (this: This, ...args: A) => Promise<R>;
  wrap<A extends unknown[], R>(fn: (this: void, ...args: A) => R, options?: TaskOptions): (...args: A) => Promise<Awaited<R>>;
  ready(options?: { signal?: AbortSignal | undefined }): Promise<void>;
  /** Starts threads and loads functions before the first task. */
  warmUp(...fns: Fn[]): Promise<void>;
  /** Changes the concurrency limit while running. */
  resize(maxThreads: number): void;
  stats(): ExecutorStats;
  close(options?: { timeout?: number | undefined }): Promise<void>;
  /** Ends every thread now; unfinished tasks reject with `ExecutorClosedError`. */
  terminate(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The same interface without threads, for unit tests of code that uses an executor: tasks run on this thread, at most `maxThreads` at once; what crosses is copied and checked all the same. */
export class InlineExecutor extends Executor {}

/** The executor behind `runInExecutor`, made at the first use; `setDefaultExecutor` puts another in its place. */
export function getDefaultExecutor(): ExecutorLike;
export function setDefaultExecutor(executor: ExecutorLike): void;

export interface MapOptions extends TaskOptions {
  /** Items a thread takes at a time; 'auto' (default) measures. */
  chunkSize?: number | 'auto' | undefined;
  /** false: yields each result as it comes. Default true. */
  ordered?: boolean | undefined;
  /** Items read ahead of the consumer, at most. */
  lookahead?: number | undefined;
  onProgress?: ((progress: { done: number; total?: number }) => void) | undefined;
}

/** Starts when it is first awaited or iterated; consumed once. */
export interface MapResult<R> extends PromiseLike<R[]>, AsyncIterable<R> {
  toArray(): Promise<R[]>;
  catch: Promise<R[]>['catch'];
  finally: Promise<R[]>['finally'];
}

export interface ExecutorStats {
  threads: { alive: number; busy: number; idle: number; max: number };
  queued: number;
  running: number;
  /** Since the start. */
  completed: number;
  failed: number;
  cancelled: number;
  /** ms, over the last minute. */
  waitTime: Summary;
  runTime: Summary;
  /** Busy thread time over available thread time in the last minute, 0 to 1. */
  utilization: number;
}
export interface Summary {
  count: number;
  mean: number;
  min: number;
  max: number;
  p50: number;
  p90: number;
  p99: number;
}

// ── Limits (for functions on this thread or on an executor's) ───────────────────────

/** At most `limit` calls at once, over all functions that it runs or wraps, first come, first served: Twisted's DeferredSemaphore, asyncio's Semaphore. */
export class ConcurrencyLimit {
  constructor(limit: number);
  limit: number;
  readonly running: number;
  readonly waiting: number;
  /** A place, given back by `using`: `using place = await limit.acquire()`. Aborting while waiting rejects with `signal.reason` and takes no place. */
  acquire(options?: { signal?: AbortSignal | undefined }): Promise<Disposable>;
  run<A extends unknown[], R>(fn: (this: void, ...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** As a standard decorator of a method that returns a promise, `@limit.wrap`. */
  wrap<This, A extends unknown[], R>(
    method: (this: This, ...args: A) => Promise<R>,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: A) => Promise<R>>,
  ): (this: This, ...args: A) => Promise<R>;
  wrap<A extends unknown[], R>(fn: (this: void, ...args: A) => R): (...args: A) => Promise<Awaited<R>>;
}

/** One limit a key (a domain, a tenant), made on demand and dropped when idle. */
export class KeyedConcurrencyLimit<K = string> {
  constructor(limit: number | ((key: K) => number));
  /** Keys that hold or wait for a place. */
  readonly size: number;
  acquire(key: K, options?: { signal?: AbortSignal | undefined }): Promise<Disposable>;
  run<A extends unknown[], R>(key: K, fn: (this: void, ...args: A) => R, ...args: A): Promise<Awaited<R>>;
  wrap<A extends unknown[], R>(fn: (this: void, ...args: A) => R, keyOf: (...args: A) => K): (...args: A) => Promise<Awaited<R>>;
}

// ── What crosses to a thread ────────────────────────────────────────────────────────

/** Marks what to move instead of copy (the value's own buffer if no list is given); for arguments, nested or not, and, in a task, results. */
export function transfer<T>(value: T, list?: readonly import('node:worker_threads').Transferable[]): T;
/** An argument that runs on the calling thread when the task calls it (progress, logs): one way, in order, all before the task's promise settles. */
export function callback<A extends unknown[]>(fn: (...args: A) => void): (...args: A) => void;

/** In a task: its thread. Undefined elsewhere. */
export function currentThread():
  | { readonly id: number; readonly executor: string; readonly signal: AbortSignal; readonly cancelled: boolean }
  | undefined;
/** Blocks this thread: Python's time.sleep. */
export function sleepSync(ms: number): void;

// ── Errors: every one has a stable `code` and says what to do ───────────────────────

export class ExecutorError extends Error {
  readonly code: string;
}
/** ERR_EXECUTOR_CLOSED */
export class ExecutorClosedError extends ExecutorError {}
/** ERR_QUEUE_FULL */
export class QueueFullError extends ExecutorError {}
/** ERR_TASK_TIMEOUT */
export class TaskTimeoutError extends ExecutorError {}
/** ERR_THREAD_EXITED: the thread ended under the task; `exitCode` says how. */
export class ThreadExitedError extends ExecutorError {
  readonly exitCode: number | null;
}
/** ERR_THREAD_OUT_OF_MEMORY */
export class ThreadOutOfMemoryError extends ThreadExitedError {}
/** ERR_INITIALIZER_FAILED: `cause` is what the initializer threw. */
export class InitializerError extends ExecutorError {}
/** ERR_FUNCTION_NOT_SENDABLE: the function, or anything reached through what it captures, cannot cross; `path` leads there, as `handler → db → socket`. */
export class FunctionNotSendableError extends ExecutorError {
  readonly path: string;
}
/** ERR_VALUE_NOT_SENDABLE: an argument, a result or what is in them cannot cross; `path` leads there, as `args[1].rows[3].socket`. */
export class ValueNotSendableError extends ExecutorError {
  readonly path: string;
}
/** ERR_NAMED_ARGUMENT: unknown or missing names, or a function whose parameters have none. */
export class NamedArgumentError extends ExecutorError {}

// ── How overloads are read (TypeScript's `Parameters` sees the last one only) ───────

type Signatures<F> = F extends {
  (...a: infer A1): infer R1;
  (...a: infer A2): infer R2;
  (...a: infer A3): infer R3;
  (...a: infer A4): infer R4;
  (...a: infer A5): infer R5;
  (...a: infer A6): infer R6;
  (...a: infer A7): infer R7;
  (...a: infer A8): infer R8;
}
  ? [[A1, R1], [A2, R2], [A3, R3], [A4, R4], [A5, R5], [A6, R6], [A7, R7], [A8, R8]]
  : never;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Overloads<F> = Signatures<F> extends infer S extends unknown[] ? (Same<S[0], S[7]> extends true ? [] : S) : never;
type ArgumentsOf<L> = L extends [[infer A, any], ...infer T] ? (A extends readonly unknown[] ? A : never) | ArgumentsOf<T> : never;
type ResultOf<L, G> = L extends [[infer A, infer R], ...infer T] ? (G extends A ? R : ResultOf<T, G>) : never;
