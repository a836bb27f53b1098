/**
 * A pool without threads: the same queue, the same promises to whoever submits, and the calls run here.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { threadId } from 'node:worker_threads';
import { onAbort } from '../../limits/on-abort.js';
import { afterHere as after } from '../../pool/after.js';
import { Closing, type PoolState } from '../../pool/closing.js';
import { Room } from '../../pool/queue/room.js';
import { TaskQueue } from '../../pool/queue/task-queue.js';
import type { ExecutorStats } from '../../pool/stats/stats.js';
import { Tally } from '../../pool/stats/tally.js';
import { closedError, endedErrors, fullError, ranTooLong, waitedTooLong } from '../../pool/task/refusals.js';
import { Task, type TaskOwner, type TaskSettings } from '../../pool/task/task.js';
import type { ObservedTask } from '../../pool/task/task-channels.js';
import type { Undertaking } from '../../pool/undertakings.js';
import { type Call, holdCall } from '../../transport/calls/call.js';
import { callHere } from '../../transport/calls/here.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import type { TaskPool } from '../send.js';
import { InlineLife, type LifeOptions } from './inline-life.js';
import { InlinePlaces, type Running } from './inline-places.js';
import { InlineScope, inlineScope } from './inline-scope.js';

export interface InlinePoolOptions extends LifeOptions {
  readonly maxThreads: number;
  readonly maxQueue: number;
}

export class InlinePool implements TaskPool, TaskOwner {
  /** There is no thread to start. */
  readonly prepare = (): void => {};
  maxThreads: number;
  readonly #options: InlinePoolOptions;
  readonly #room: Room;
  readonly #tally: Tally;
  readonly #queue = new TaskQueue();
  readonly #places = new InlinePlaces();
  readonly #life: InlineLife;
  readonly #unsettled = new Set<Task>();
  readonly #closing: Closing;
  #order = 0;

  constructor(options: InlinePoolOptions) {
    this.#options = options;
    this.maxThreads = options.maxThreads;
    this.#room = new Room(options.maxThreads + options.maxQueue);
    this.#tally = new Tally(options.maxThreads);
    this.#life = new InlineLife(options);
    this.#closing = new Closing({
      executor: options.name,
      hasUnsettled: () => this.#unsettled.size > 0,
      hasParked: () => this.#places.hasParked,
      release: () => this.#room.release(),
      retire: () => this.#life.end(),
      endTasks: () => {
        const ended = endedErrors(options.name);
        for (const task of [...this.#unsettled]) this.#abort(task, ended(task), 'cancelled');
      },
      destroy: () => Promise.resolve(),
    });
  }

  get state(): PoolState {
    return this.#closing.state;
  }

  submit(call: Call, settings: TaskSettings, submittedAt: number, observed?: ObservedTask): Task {
    const task = new Task(call, settings, this.#order++, submittedAt, observed, this);
    const { name, maxQueue } = this.#options;
    if (!this.#closing.takes(settings)) task.fail(closedError(name));
    else if (settings.signal?.aborted === true) task.fail(settings.signal.reason, 'cancelled');
    else if (!this.#room.take()) task.fail(fullError(name, maxQueue));
    else this.#take(task);
    return task;
  }

  begin(one: Undertaking): (() => void) | undefined {
    return this.#closing.begin(one);
  }

  /** @internal For tasks. */
  settled(task: Task): void {
    if (!this.#unsettled.delete(task)) return;
    clearTimeout(task.timer);
    clearTimeout(task.queueTimer);
    this.#tally.settled(task);
    task.unwatch?.();
    if (!task.parked) this.#room.giveBack();
    this.#closing.check();
  }

  stats(): Required<ExecutorStats> {
    const { busy, running, startedAt } = this.#places.census();
    return this.#tally.stats({ threads: { alive: busy, busy }, queued: this.#queue.size, running, startedAt });
  }

  ready(signal?: AbortSignal): Promise<void> {
    return this.#room.ready(signal);
  }

  resize(maxThreads: number): void {
    this.maxThreads = maxThreads;
    this.#room.resize(maxThreads + this.#options.maxQueue);
    this.#tally.resized(maxThreads);
    this.#pump();
  }

  async warmUp(): Promise<void> {
    if (this.state !== 'open') throw closedError(this.#options.name);
    await this.#life.begin();
  }

  close(timeout: number): Promise<void> {
    const closed = this.#closing.close();
    // A task of its own would wait for itself; in a thread it closes a copy, at once.
    const awaited = this.#places.hold(inlineScope()) ? Promise.resolve() : closed;
    if (timeout === Number.POSITIVE_INFINITY || this.state === 'closed') return awaited;
    const deadline = after(timeout, () => void this.terminate());
    void closed.finally(() => clearTimeout(deadline));
    return awaited;
  }

  terminate(): Promise<void> {
    return this.#closing.terminate();
  }

  #take(task: Task): void {
    task.taken = true;
    this.#unsettled.add(task);
    const { signal, queueTimeout } = task.settings;
    try {
      holdCall(task.call);
      if (signal !== undefined) task.unwatch = onAbort(signal, (reason) => this.#abort(task, reason, 'cancelled'));
    } catch (error) {
      task.fail(error);
      return;
    }
    this.#queue.push(task);
    if (queueTimeout !== undefined) {
      task.queueTimer = after(queueTimeout, () => {
        if (task.state === 'waiting') this.#abort(task, waitedTooLong(task, queueTimeout), 'failed');
      });
    }
    // Never inside `run` itself: no caller of a thread sees its task begin before the call returns.
    queueMicrotask(() => this.#pump());
  }

  #pump(): void {
    while (this.#places.running.size < this.maxThreads) {
      if (this.#places.goOn()) continue;
      const task = this.#queue.shift();
      if (task === undefined) return;
      void this.#run(task);
    }
  }

  async #run(task: Task): Promise<void> {
    const { timeout } = task.settings;
    const scope = new InlineScope(this.#options.name, task.observed, this.#parking(task));
    task.state = 'sent';
    const running: Running = { scope, startedAt: epochNow() };
    this.#places.running.set(task, running);
    task.observed?.runs(running.startedAt, threadId);
    this.#limitTime(task);
    let end: () => void;
    try {
      await this.#life.begin();
      const payload = await outside(() => scope.run(() => callHere(task.call)));
      end = () => task.arrive({ ok: true, packed: false, payload });
    } catch (payload) {
      end = () => task.arrive({ ok: false, packed: false, payload });
    }
    // A synchronous function held up its own clock.
    if (timeout !== undefined && epochNow() - running.startedAt > timeout) task.fail(ranTooLong(task, timeout));
    else end();
    this.#free(task);
  }

  #limitTime(task: Task): void {
    const { timeout } = task.settings;
    const running = this.#places.running.get(task);
    if (timeout === undefined || running === undefined) return;
    const left = timeout - (epochNow() - running.startedAt);
    task.timer = after(left, () => this.#abort(task, ranTooLong(task, timeout), 'failed'));
  }

  #abort(task: Task, reason: unknown, end: 'cancelled' | 'failed'): void {
    if (task.state === 'settled') return;
    if (task.state === 'waiting') this.#queue.remove(task);
    task.fail(reason, end);
    this.#places.cancel(task, reason);
    if (!this.#places.running.has(task)) return;
    const grace = task.gracePeriod(reason);
    // A thread would be ended now. What runs here cannot be: it is left alone, and its place is free.
    if (grace <= 0) this.#free(task);
    else task.timer = after(grace, () => this.#free(task));
  }

  #parking(task: Task): (ready: Promise<unknown>) => Promise<void> {
    return (ready) =>
      this.#places.park(task, ready, (what) => {
        if (what === 'parked') this.#room.giveBack();
        else if (what === 'resumed' && task.state !== 'settled') {
          this.#room.retake();
          this.#limitTime(task);
        }
        if (what !== 'resumed') this.#pump();
      });
  }

  #free(task: Task): void {
    const running = this.#places.running.get(task);
    if (running === undefined) return;
    this.#places.running.delete(task);
    clearTimeout(task.timer);
    this.#tally.ran(task, running.startedAt, epochNow() - running.startedAt);
    this.#pump();
    this.#closing.check();
  }
}

/** A task runs in nobody's asynchronous context, as in a thread: not in that of the call whose end made room for it. */
const outside = AsyncLocalStorage.snapshot();
