/**
 * The pool: takes tasks, and sees to it that each is settled exactly once.
 *
 *   submit ─▶ Room ─▶ Dispatch (queue, lanes) ─▶ Threads (Piscina) ═▶ thread
 *   settle ◀─ Task ◀─ Lane  ◀─ claim words, messages ◀═══════════════
 */

import { onAbort } from '../limits/on-abort.js';
import { type Call, explainRefusal } from '../transport/calls/call.js';
import { clearTimeout } from '../transport/own/own-globals.js';
import { epochNow } from '../transport/shared-memory/claims.js';
import { after } from './after.js';
import { Closing, type PoolState } from './closing.js';
import type { Lane } from './lane/lane.js';
import type { LaneOptions } from './lane-options.js';
import { Lanes } from './lanes.js';
import { PumpSoon } from './queue/pump-soon.js';
import { Room } from './queue/room.js';
import type { ExecutorStats } from './stats/stats.js';
import { Tally } from './stats/tally.js';
import { closedError, endedErrors, fullError, ranTooLong, waitedTooLong } from './task/refusals.js';
import { Task, type TaskOwner, type TaskSettings } from './task/task.js';
import type { ObservedTask } from './task/task-channels.js';
import { deathBeside, deathOf, startFailures } from './threads/thread-death.js';
import type { Undertaking } from './undertakings.js';

export interface PoolOptions extends LaneOptions {
  readonly maxQueue: number;
}

export class Pool implements TaskOwner {
  readonly #options: PoolOptions;
  readonly #lanes: Lanes;
  readonly #room: Room;
  readonly #tally: Tally;
  readonly #soon = new PumpSoon(() => this.#lanes.pump());
  readonly #closing: Closing;
  #unsettled = 0;
  #prepared = false;
  #order = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#room = new Room(options.maxThreads + options.maxQueue);
    this.#tally = new Tally(options.maxThreads);
    this.#lanes = new Lanes(options, {
      sent: (task) => this.#sent(task),
      refused: (task, error) => task.fail(explainRefusal(task.call, error)),
      ended: (task, startedAt, ran) => {
        if (task.state === 'settled') this.#tally.ran(task, startedAt, ran);
        this.#closing.check();
      },
      idle: () => this.#tally.count(),
      parked: (task, startedAt, ran) => {
        this.#tally.parked(task, startedAt, ran);
        if (task.state !== 'settled') this.#room.giveBack();
      },
      diedUnder: (task, lane, cause) => this.#diedUnder(task, lane, cause),
      diedBeside: (task, cause) => {
        task.fail(deathBeside(task, cause));
        this.#closing.check();
      },
      noThreads: (cause) => {
        const failure = startFailures();
        for (const task of this.#lanes.waiting()) task.fail(failure(cause));
      },
    });
    this.#closing = new Closing({
      executor: options.executor,
      hasUnsettled: () => this.#unsettled > 0,
      hasParked: () => this.#lanes.hasParked,
      release: () => this.#room.release(),
      retire: () => this.#lanes.retireAll(),
      endTasks: () => {
        const ended = endedErrors(options.executor);
        for (const task of this.#lanes.unsettled()) task.fail(ended(task), 'cancelled');
      },
      // What ran last, and was not counted yet, holds its caller, and so the executor, which would never be forgotten.
      destroy: () => this.#lanes.destroy().finally(() => this.#tally.count()),
    });
  }

  get state(): PoolState {
    return this.#closing.state;
  }

  get maxThreads(): number {
    return this.#lanes.maxThreads;
  }

  /** Before the first task, and sooner if one is to be expected: its thread needs longer to start than the task to be read. Throws what no thread could start with. */
  prepare(): void {
    if (this.#prepared || this.state !== 'open') return;
    this.#lanes.prepare();
    this.#prepared = true;
  }

  /** Takes the call, for which all was prepared. What is wrong with taking it is the error of its promise. */
  submit(call: Call, settings: TaskSettings, submittedAt: number, observed?: ObservedTask): Task {
    const { signal } = settings;
    const task = new Task(call, settings, this.#order++, submittedAt, observed, this);
    if (!this.#closing.takes(settings)) task.fail(closedError(this.#options.executor));
    else if (signal?.aborted) task.fail(signal.reason, 'cancelled');
    else if (!this.#room.take()) task.fail(fullError(this.#options.executor, this.#options.maxQueue));
    else this.#take(task);
    return task;
  }

  /**
   * Takes something that consists of many tasks, which it will submit by and by with `begun` set: `close()` finishes it as a whole.
   * Undefined where nothing is taken any more.
   */
  begin(one: Undertaking): (() => void) | undefined {
    return this.#closing.begin(one);
  }

  /** @internal For tasks. */
  settled(task: Task): void {
    if (!task.taken) return;
    this.#unsettled--;
    this.#tally.settled(task);
    task.unwatch?.();
    if (!task.parked) this.#room.giveBack();
    if (this.#unsettled === 0) this.#closing.check();
  }

  stats(): Required<ExecutorStats> {
    const { running, parked, startedAt, ...threads } = this.#lanes.census();
    return this.#tally.stats({ threads, queued: Math.max(0, this.#unsettled - running - parked), running, startedAt });
  }

  ready(signal?: AbortSignal): Promise<void> {
    return this.#room.ready(signal);
  }

  resize(maxThreads: number): void {
    this.#room.resize(maxThreads + this.#options.maxQueue);
    this.#lanes.resize(maxThreads);
    this.#tally.resized(maxThreads);
  }

  async warmUp(calls: readonly Call[]): Promise<void> {
    if (this.#closing.state !== 'open') throw closedError(this.#options.executor);
    this.prepare();
    await this.#lanes.warmUp(calls);
    if (this.state === 'closed') throw closedError(this.#options.executor);
  }

  /** Finishes what it took, lets the threads go, and never rejects; past `timeout` ms it terminates. */
  close(timeout: number): Promise<void> {
    const closed = this.#closing.close();
    if (timeout === Number.POSITIVE_INFINITY || this.state === 'closed') return closed;
    const deadline = after(timeout, () => void this.terminate());
    return closed.finally(() => clearTimeout(deadline));
  }

  terminate(): Promise<void> {
    return this.#closing.terminate();
  }

  #take(task: Task): void {
    task.taken = true;
    this.#unsettled++;
    const { signal, queueTimeout } = task.settings;
    if (signal !== undefined) this.#watch(task, signal);
    if (task.state === 'settled' || this.#offer(task)) return;
    if (queueTimeout !== undefined) task.queueTimer = after(queueTimeout, () => this.#waitedTooLong(task, queueTimeout));
    this.#soon.submitted();
  }

  /** True: it does not wait. What cannot be kept for it while it would wait ends it here. */
  #offer(task: Task): boolean {
    try {
      return this.#lanes.offer(task);
    } catch (error) {
      task.fail(error);
      return true;
    }
  }

  #watch(task: Task, signal: AbortSignal): void {
    try {
      task.unwatch = onAbort(signal, (reason) => this.#abort(task, reason));
    } catch (error) {
      task.fail(error);
    }
  }

  #sent(task: Task): void {
    // What was aborted meanwhile has the clock of its end already.
    if (task.state === 'settled') return;
    if (task.parkedAs !== undefined) this.#room.retake();
    const { timeout } = task.settings;
    if (timeout === undefined) return;
    // One that was taken back and sent again still has the clock of its first time.
    clearTimeout(task.timer);
    task.timer = after(timeout - task.ranBefore, () => this.#checkRunTime(task, timeout));
  }

  /** The clock of a task starts where its thread takes it, which only the claim word knows: look, and look again. */
  #checkRunTime(task: Task, timeout: number): void {
    task.lane?.readOutcomes();
    if (task.state !== 'sent') return;
    const startedAt = task.lane?.startedAt(task);
    const ran = task.ranBefore + (startedAt === undefined ? 0 : epochNow() - startedAt);
    // Timers count whole milliseconds, and may come a fraction of one early.
    if (ran > timeout - 1) {
      this.#abort(task, ranTooLong(task, timeout), 'failed');
    } else {
      task.timer = after(Math.max(1, timeout - ran), () => this.#checkRunTime(task, timeout));
    }
  }

  #waitedTooLong(task: Task, queueTimeout: number): void {
    if (!this.#lanes.withdraw(task)) return;
    task.fail(waitedTooLong(task, queueTimeout));
  }

  #abort(task: Task, reason: unknown, end: 'cancelled' | 'failed' = 'cancelled'): void {
    if (task.state === 'settled') return;
    const stop = this.#lanes.take(task);
    task.fail(reason, end);
    if (stop) this.#lanes.stop(task, reason);
  }

  #diedUnder(task: Task, lane: Lane, cause: unknown): void {
    const startedAt = lane.claims.startedAt(task.sequence);
    this.#tally.ran(task, startedAt, epochNow() - startedAt);
    if (task.state === 'settled') return;
    if (task.retriesLeft > 0 && task.call.encoded.transfer === undefined && this.state !== 'closed') {
      task.retriesLeft--;
      this.#lanes.putBack(task);
    } else task.fail(deathOf(lane, task, cause));
  }
}
