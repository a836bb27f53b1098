/**
 * The front door: an executor with threads of its own.
 */
import type { Arguments } from '../limits/arguments.js';
import { decoratesMethod } from '../limits/checks.js';
import type { Overloaded, Overloads, Promising } from '../limits/overloads.js';
import { shownBy } from '../limits/shown.js';
import { remember } from '../observe/live-executors.js';
import { Trace, type TraceOptions } from '../observe/trace.js';
import type { ExecutorStats } from '../pool/stats/stats.js';
import type { TaskSettings } from '../pool/task/task.js';
import { isObserved, ObservedTask } from '../pool/task/task-channels.js';
import type { AnyFunction } from '../transport/any-function.js';
import { type Call, loadable, prepareCall } from '../transport/calls/call.js';
import { callHere } from '../transport/calls/here.js';
import { FollowedStores } from '../transport/context/followed.js';
import type { Followed } from '../transport/context-store.js';
import { boundTo } from '../transport/describe/partial.js';
import type { Ways } from '../transport/described.js';
import { ownFunction, ownObject } from '../transport/functions/own.js';
import { epochNow } from '../transport/shared-memory/claims.js';
import { atCaller, captureCaller } from './caller-stack.js';
import type { ExecutorLike } from './executor-like.js';
import { closedWhenForgotten } from './forgotten.js';
import { type Host, inContext } from './in-context.js';
import { isInTask, runInline } from './inline/inline.js';
import { nestedCalls } from './inline/nested-calls.js';
import { map } from './map/map.js';
import { checkExecutorOptions, checkMethodOptions, checkTaskOptions, type ExecutorOptions, filledIn } from './options.js';
import { type ManyCalls, makeRun, type Run } from './run.js';
import { contextNow, labelOf, sendObserved, type TaskPool } from './send.js';
import { stream } from './stream.js';
import type { Fn } from './submit.js';
import type { TaskOptions } from './task-options.js';
import { threadPool } from './thread-pool.js';
import { type Verifying, verified, verifying, verifyingHost } from './verify/verified.js';
import { wrap } from './wrap.js';

/**
 * A pool of threads, and the limit of how many tasks run at once.
 *
 * Threads start at the first task that needs them and end when idle; a script that forgets `close()` ends all the same.
 *
 * @throws TypeError, RangeError for invalid options.
 * @example
 * await using executor = new Executor({ maxThreads: 2 });
 * const html = await executor.run(render, markdown);
 */
export class Executor implements ExecutorLike {
  /** Runs a function on a thread: `executor.run(fn, ...args)`. It may be passed on alone. */
  readonly run: Run;
  /** As given, else `executor-N`. */
  readonly name: string;
  /** See `Run.map`. */
  readonly map: Run['map'];
  /** See `Run.stream`. */
  readonly stream: Run['stream'];
  readonly #options: ExecutorOptions;
  readonly #settings: ReturnType<typeof filledIn>;
  readonly #stores: FollowedStores | undefined;
  #pool: TaskPool | undefined;

  constructor(options: ExecutorOptions = {}) {
    checkExecutorOptions(options);
    this.#options = options;
    this.#settings = filledIn(options);
    this.name = this.#settings.name;
    if (options.context !== undefined && options.context.length > 0)
      this.#stores = new FollowedStores(options.context, options.functions ?? 'any');
    const many: ManyCalls = {
      map: (task, fn, items, how) => map(this.#mapHost(fn, task), task, fn, items, how),
      stream: (task, fn, args) => stream(inContext(this, this.#stores), task, fn, args),
    };
    this.run = makeRun((fn, args, task, self) => this.submit(fn, args, task, self), many, this.#settings.defaults, checkTaskOptions);
    // Bound, since esbuild (and so tsx) calls the decorator `@executor.wrap` without its `this`.
    Object.defineProperty(this, 'wrap', { value: this.wrap.bind(this), writable: true, configurable: true });
    this.map = this.run.map;
    this.stream = this.run.stream;
    // A subclass of the user's has more to it.
    if (new.target === Executor) this.hasStandIn();
  }

  /** @internal In a task, its calls run there, whatever threads it has here. */
  protected hasStandIn(): void {
    ownObject(this, 'Executor', { name: this.name, functions: this.ways });
  }

  /** At most this many tasks run at once. See `resize`. */
  get maxThreads(): number {
    return this.#pool?.maxThreads ?? this.#settings.maxThreads;
  }

  /** `close()` or `terminate()` was called. */
  get closed(): boolean {
    return this.#pool !== undefined && this.#pool.state !== 'open';
  }

  /** As a standard (TC39) decorator of a method that returns a promise, `@executor.wrap`: its calls run here, with a copy of `this`. */
  wrap<This, A extends unknown[], R>(
    method: (this: This, ...args: A) => Promise<R>,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: A) => Promise<R>>,
  ): (this: This, ...args: A) => Promise<R>;
  wrap<F extends Fn>(fn: Overloaded<F>, options?: TaskOptions): Promising<Overloads<F>>;
  wrap<A extends Arguments, R>(fn: (this: void, ...args: A) => R, options?: TaskOptions): (...args: A) => Promise<Awaited<R>>;
  wrap(fn: Fn, second?: unknown): unknown {
    if (decoratesMethod(second, '@executor.wrap'))
      return wrap(fn, (args, self) => this.submit(boundTo(self, fn), args, this.#settings.defaults));
    if (second === undefined) return this.run.wrap(fn);
    checkTaskOptions(second, 'wrap()');
    return this.run.with(second).wrap(fn);
  }

  async ready(options: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    checkMethodOptions('ready()', options);
    if (!isInTask()) await this.#started().ready(options.signal);
  }

  /** Starts all threads and loads functions there before the first task. Rejects where a function cannot cross, and where no thread can start: with `InitializerError`, say. */
  async warmUp(...fns: Fn[]): Promise<void> {
    await this.#started().warmUp(fns.map((fn) => loadable(fn, this.ways)));
  }

  /** Changes the concurrency limit while running: going down lets running tasks finish. Throws TypeError or RangeError for what is no limit. */
  resize(maxThreads: number): void {
    checkMethodOptions('resize()', { maxThreads });
    this.#started().resize(maxThreads);
  }

  /** Counts since the start, times and utilization of the last minute. Cost: about 20 µs; a task pays 0.06 µs for it. */
  stats(): Required<ExecutorStats> {
    return this.#started().stats();
  }

  /** Records what this executor does until `stop()` or `save(path)`: a file for Perfetto or the DevTools, one lane a thread and one bar a task. */
  trace(options: TraceOptions = {}): Trace {
    checkMethodOptions('trace()', options);
    return new Trace(this.name, options);
  }

  /** Takes no new task, finishes all taken, ends the threads; past `timeout` ms it terminates, at once if that is 0 or less. Never rejects. Throws TypeError or RangeError for what is no time. */
  close(options: { timeout?: number | undefined } = {}): Promise<void> {
    checkMethodOptions('close()', options);
    const timeout = Math.max(0, options.timeout ?? Number.POSITIVE_INFINITY);
    return isInTask() ? nestedCalls(this).close(timeout, this.#started()) : this.#started().close(timeout);
  }

  /** Ends every thread now; unfinished tasks reject with `ExecutorClosedError`. */
  async terminate(): Promise<void> {
    nestedCalls(this).terminate();
    await this.#started().terminate();
  }

  /** `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** @internal What `run` and its forms come down to. */
  submit(fn: AnyFunction, args: readonly unknown[], options: TaskOptions, self?: unknown): Promise<unknown> {
    // Inside a task: no pools inside pools, and so no deadlock at any limit.
    if (isInTask()) return nestedCalls(this).run(labelOf(fn, options), options, () => runInline(fn, args, this.ways));
    if (this.#settings.verify !== false)
      return verified(this.#verifying(fn, options), { fn, args, self }, () => this.#send(fn, args, options, this.submit));
    return this.#send(fn, args, options, this.submit);
  }

  #send(fn: AnyFunction, args: readonly unknown[], options: TaskSettings, below: AnyFunction, ready?: Call): Promise<unknown> {
    const since = epochNow();
    if (isObserved()) {
      const observed = new ObservedTask(this.name, labelOf(fn, options), since);
      return sendObserved(observed, below, () => this.#submit(fn, args, options, below, since, ready, observed));
    }
    // No closure on this way: the name that the build keeps for each costs 0.5 µs.
    try {
      return this.#submit(fn, args, options, below, since, ready);
    } catch (error) {
      return Promise.reject(atCaller(error, below));
    }
  }

  #submit(
    fn: AnyFunction,
    args: readonly unknown[],
    options: TaskSettings,
    below: AnyFunction,
    since: number,
    ready: Call | undefined,
    observed?: ObservedTask,
  ): Promise<unknown> {
    const aborted = options.signal?.aborted === true;
    const pool = this.#started(!aborted);
    if (!aborted) pool.prepare();
    const call = ready ?? prepareCall(fn, args, this.ways, contextNow(this.name, this.#stores));
    const task = pool.submit(call, options, since, observed);
    // A stack that nobody has read keeps what it was captured in: a stream would never be dropped.
    task.caller = options.caller ?? captureCaller(below);
    task.spend(epochNow() - since);
    return task.promise;
  }

  /** @internal The two halves of `submit`: what crosses is taken now, and sent later. */
  prepare(fn: AnyFunction, args: readonly unknown[], stores?: readonly Followed[]): Call {
    return prepareCall(fn, args, this.ways, stores);
  }

  /** @internal */
  submitCall(call: Call, options: TaskSettings): Promise<unknown> {
    if (isInTask()) return nestedCalls(this).run(labelOf(call.fn, options), options, () => callHere(call));
    return this.#send(call.fn, call.args, options, this.submitCall, call);
  }

  /** @internal For what submits many calls: see `Pool.begin`. */
  begin(...one: Parameters<TaskPool['begin']>): (() => void) | undefined {
    return isInTask() ? nestedCalls(this).begin(one[0]) : this.#started().begin(...one);
  }

  /** @internal */
  get ways(): Ways {
    return this.#settings.functions;
  }

  /** @internal What `console.log` shows. */
  get shown(): object {
    // To look at an executor starts nothing.
    const { threads, running, queued } = this.#pool?.stats() ?? { threads: { alive: 0 }, running: 0, queued: 0 };
    return { name: this.name, maxThreads: this.maxThreads, threads: threads.alive, running, queued, closed: this.closed };
  }

  #mapHost(fn: AnyFunction, task: TaskOptions): Host {
    const host = inContext(this, this.#stores);
    return this.#settings.verify === false ? host : verifyingHost(host, fn, this.#verifying(fn, task));
  }

  #verifying(fn: AnyFunction, options: TaskOptions): Verifying {
    return verifying(this, this.#settings.verify, fn, options);
  }

  #started(forTask = false): TaskPool {
    this.#pool ??= closedWhenForgotten(this, remember(this, this.makePool(this.#options, this.#settings, forTask)));
    return this.#pool;
  }

  /** @internal Where the tasks go. */
  makePool(options: ExecutorOptions, settings: ReturnType<typeof filledIn>, forTask: boolean): TaskPool {
    return threadPool(options, settings, forTask);
  }
}

ownFunction(Executor, 'Executor');
shownBy(Executor, ({ shown }) => shown);
