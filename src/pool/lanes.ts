/**
 * The lanes of one pool: feeds them through `Dispatch`, and takes calls off them again.
 *
 * Beside the path of a call stand ThreadSupply (threads that come), StallWatch (calls that turn out long), NearAnswer (calls that turn out quick),
 * IdleThreads (what has nothing to do) and LaneEnds (what becomes of lanes that end, and of their calls).
 */

import { type Call, deliveriesOf, prepareAgain } from '../transport/calls/call.js';
import { onForgotten } from '../transport/functions/ids.js';
import { clearTimeout, queueMicrotask } from '../transport/own/own-globals.js';
import { Dispatch } from './dispatch/dispatch.js';
import { NearAnswer } from './dispatch/near-answer.js';
import { Progress } from './dispatch/progress.js';
import { StallWatch } from './dispatch/stall-watch.js';
import type { Lane } from './lane/lane.js';
import type { LaneOptions, LanesListener } from './lane-options.js';
import { type Census, census } from './stats/census.js';
import type { Task } from './task/task.js';
import { IdleThreads } from './threads/idle-threads.js';
import { LaneEnds } from './threads/lane-ends.js';
import { takeMessage } from './threads/thread-messages.js';
import { ThreadSupply } from './threads/thread-supply.js';
import { Threads } from './threads/threads.js';

export class Lanes {
  readonly #listener: LanesListener;
  readonly #dispatch: Dispatch;
  readonly #threads: Threads;
  readonly #supply: ThreadSupply;
  readonly #idle: IdleThreads;
  readonly #ends: LaneEnds;
  readonly #progress: Progress;
  readonly #watch: StallWatch;
  readonly #near = new NearAnswer((lane) => this.#progress.made(lane));
  readonly #stopForgetting = onForgotten((ids) => {
    for (const lane of this.#dispatch.lanes) lane.descriptions.forget(ids);
  });
  #destroyed = false;

  constructor(options: LaneOptions, listener: LanesListener) {
    this.#listener = listener;
    this.#dispatch = new Dispatch(options.maxThreads, {
      sent: (task) => this.#sent(task),
      refused: (task, error) => listener.refused(task, error),
    });
    this.#threads = new Threads(options, {
      ended: (lane, task, startedAt, ran) => this.#ended(lane, task, startedAt, ran),
      missing: (task, fns) => this.#missing(task, fns),
      progressed: (lane) => this.#progress.made(lane),
      message: (lane, message) =>
        takeMessage(lane, message, options, {
          ready: (threadId) => this.#supply.opened(lane, threadId),
          failed: (error) => this.#ends.kill(lane, error),
        }),
      gone: (lane, cause) => this.#ends.ended(lane, cause),
    });
    this.#supply = new ThreadSupply(options, this.#dispatch, this.#threads, () => this.pump());
    this.#ends = new LaneEnds(this.#dispatch, {
      kill: (lane, cause) => this.#threads.kill(lane, cause),
      diedUnder: (task, lane, cause) => listener.diedUnder(task, lane, cause),
      diedBeside: (task, cause) => listener.diedBeside(task, cause),
      gone: (cause, failedToStart) => this.#gone(cause, failedToStart),
    });
    this.#idle = new IdleThreads(this.#dispatch, options, {
      release: (lane) => this.#threads.release(lane),
      leave: (lane) => this.#threads.leave(lane),
      retire: (lane) => void this.#ends.retire(lane),
    });
    this.#progress = new Progress(this.#dispatch, options.maxHeapPerThread, {
      worn: (lane) => void this.#ends.retire(lane),
      idle: () => {
        this.#idle.idle();
        listener.idle();
      },
    });
    this.#watch = new StallWatch(this.#dispatch, {
      progressed: (lane) => this.#progress.made(lane),
      busy: (lane) => this.#threads.hold(lane),
      stuck: (lane) => {
        this.#dispatch.recall(lane);
        this.pump();
      },
      blocked: (lane) => this.#ends.kill(lane, new Error('The thread was blocked by something that an earlier task left behind')),
    });
  }

  get maxThreads(): number {
    return this.#dispatch.maxThreads;
  }

  /** See `ThreadSupply`. */
  prepare(): void {
    this.#supply.prepare();
  }

  offer(task: Task): boolean {
    return this.#dispatch.offer(task);
  }

  get hasParked(): boolean {
    return Array.from(this.#dispatch.lanes).some((lane) => lane.parked.size > 0);
  }

  waiting(): Iterable<Task> {
    return this.#dispatch.queue.drain();
  }

  /** All that are not settled: those that wait are taken out of the queue. */
  *unsettled(): Generator<Task> {
    yield* this.#dispatch.queue.drain();
    for (const { calls, parked } of this.#dispatch.lanes) yield* [...calls.tasks(), ...parked.tasks()];
  }

  putBack(task: Task): void {
    this.#dispatch.putBack(task);
    this.pump();
  }

  census(): Census {
    return census(this.#dispatch.lanes, this.#supply.failedStarts);
  }

  /** Looks at the lanes, what they have ended without telling yet, and the queue; and does whatever can be done now. */
  pump(): void {
    if (this.#destroyed) return;
    this.#dispatch.fillAll();
    if (this.#dispatch.queue.size > 0) {
      this.#watch.goOn();
      this.#ends.awaited();
    }
    this.#supply.meetDemand();
  }

  /** Takes an unsettled task away from wherever it is. True: it runs, and its thread has to be stopped. */
  take(task: Task): boolean {
    if (this.withdraw(task)) return false;
    // An outcome that lies in shared memory stays there: whoever aborts while the promise is open gets the reason, and not by luck a result.
    return (laneOf(task) as Lane).startedAt(task) !== undefined || task.parkedAs !== undefined;
  }

  /** True: it has not started, and never will. False: it has, and may have ended, even if nobody here knows that yet. */
  withdraw(task: Task): boolean {
    const lane = laneOf(task);
    if (lane !== undefined) return lane.withdraw(task);
    this.#dispatch.queue.remove(task);
    if (this.#dispatch.queue.size === 0) this.#idle.idle();
    return true;
  }

  stop(task: Task, reason: unknown): void {
    this.#ends.stop(task, laneOf(task) as Lane, reason);
    this.pump();
  }

  resize(maxThreads: number): void {
    this.#dispatch.maxThreads = maxThreads;
    this.#threads.resize(maxThreads);
    // Before any that serves: those that may take longer to start than the limit stays as low.
    for (const lane of this.#dispatch.lanes) if (lane.state === 'starting' && this.#dispatch.hasExcess) void this.#ends.retire(lane);
    for (const lane of this.#dispatch.lanes) this.#dispatch.recall(lane);
    for (const lane of this.#dispatch.lanes) this.#progress.made(lane);
    this.pump();
  }

  async warmUp(calls: readonly Call[]): Promise<void> {
    const deliveries = calls.flatMap((call) => deliveriesOf(call));
    this.#supply.fill();
    const loading = Array.from(this.#dispatch.lanes, (lane) => {
      const loaded = lane.load(deliveries);
      // Idle ones let a process end, and are let go; whoever waits for them must not be left by either.
      this.#threads.use(lane);
      this.#dispatch.note(lane);
      return loaded;
    });
    this.#supply.check(await Promise.all(loading));
  }

  retireAll(): Promise<void> {
    return this.#ends.retireAll();
  }

  async destroy(): Promise<void> {
    this.#destroyed = true;
    this.#stopForgetting();
    this.#watch.stop();
    this.#idle.stop();
    for (const lane of this.#dispatch.lanes) this.#threads.kill(lane, undefined);
    await Promise.all(Array.from(this.#dispatch.lanes, (lane) => this.#ends.whenGone(lane)));
    await this.#threads.destroy();
  }

  #sent(task: Task): void {
    this.#listener.sent(task);
    const lane = laneOf(task) as Lane;
    this.#threads.use(lane);
    this.#watch.start(lane.inFlight > 1 ? lane.expected - task.expected : undefined);
    if (lane.inFlight === 1) this.#near.expect(lane, task.expected);
  }

  #ended(lane: Lane, task: Task, startedAt: number, ran: number): void {
    if (task.timer !== undefined) clearTimeout(task.timer);
    if (!task.parked) {
      this.#dispatch.times.record(task.call.site, ran);
      this.#listener.ended(task, startedAt, ran);
      return;
    }
    this.#listener.parked(task, startedAt, ran);
    // Aborted before, it may have parked without having heard of that.
    if (task.state === 'settled') this.#ends.stop(task, lane, undefined);
  }

  /** The thread did not find some functions: the call goes again, described another way. */
  #missing(task: Task, fns: readonly number[]): void {
    if (task.state === 'settled') return;
    try {
      prepareAgain(task.call, fns);
      this.#dispatch.putBack(task);
      queueMicrotask(() => this.pump());
    } catch (error) {
      task.fail(error);
    }
  }

  #gone(cause: unknown, failedToStart: boolean): void {
    if (this.#destroyed) return;
    if (failedToStart && this.#supply.failed(cause)) this.#listener.noThreads(cause);
    this.pump();
  }
}

function laneOf(task: Task): Lane | undefined {
  return task.lane as Lane | undefined;
}
