/**
 * The lanes of one pool: leases threads as work comes, hands lanes over to `Dispatch`, and clears up after those that end.
 *
 * Beside the path of a call stand StallWatch (calls that turn out long), ThreadStarts (starts that fail), IdleThreads (what has nothing to do).
 */
import type { Call } from '../transport/call.js';
import { deliveriesOf, prepareAgain } from '../transport/call.js';
import { unpackOutcome } from '../transport/outcome.js';
import type { Lease } from '../transport/protocol.js';
import { Dispatch } from './dispatch.js';
import { type IdleOptions, IdleThreads } from './idle-threads.js';
import type { Lane, OtherMessage } from './lane.js';
import { StallWatch } from './stall-watch.js';
import type { Task } from './task.js';
import { initializerFailure, neverStarted } from './thread-death.js';
import type { ThreadRecord } from './thread-record.js';
import { ThreadStarts } from './thread-starts.js';
import { type ThreadOptions, Threads } from './threads.js';

export interface LaneOptions extends ThreadOptions, IdleOptions, Pick<Lease, 'executor' | 'initializer' | 'finalizer'> {
  readonly maxTasksPerThread: number;
  /** MiB. */
  readonly maxHeapPerThread: number;
}

export interface LanesListener {
  sent(task: Task): void;
  refused(task: Task, error: unknown): void;
  ended(task: Task): void;
  diedUnder(task: Task, lane: Lane, cause: unknown): void;
  /** Starts failed too often in a row. */
  noThreads(cause: unknown): void;
}

/** Expected run time in the queue that is worth starting one more thread, ms: about a tenth of what a start costs. */
const WORTH_A_THREAD = 2;

export class Lanes {
  readonly #options: LaneOptions;
  readonly #listener: LanesListener;
  readonly #dispatch: Dispatch;
  readonly #threads: Threads;
  readonly #idle: IdleThreads;
  readonly #watch: StallWatch;
  readonly #starts = new ThreadStarts(() => this.pump());
  /** By thread id. */
  readonly #records = new Map<number, ThreadRecord>();
  readonly #gone = new Map<Lane, () => void>();
  #destroyed = false;

  constructor(options: LaneOptions, listener: LanesListener) {
    this.#options = options;
    this.#listener = listener;
    this.#dispatch = new Dispatch(options.maxThreads, {
      sent: (task) => this.#sent(task),
      refused: (task, error) => listener.refused(task, error),
    });
    this.#threads = new Threads(options, {
      ended: (lane, task, _startedAt, ran) => this.#ended(lane, task, ran),
      missing: (task, fn) => this.#missing(task, fn),
      progressed: (lane) => this.#progressed(lane),
      message: (lane, message) => this.#message(lane, message),
      gone: (lane, cause, retired) => this.#laneGone(lane, cause, retired),
    });
    this.#idle = new IdleThreads(this.#dispatch.idle, options, {
      alive: () => this.#threads.alive,
      endLane: (lane) => this.#endLane(lane),
      retire: (count) => this.#retire(count),
    });
    this.#watch = new StallWatch(this.#dispatch, {
      progressed: (lane) => this.#progressed(lane),
      stuck: (lane) => {
        this.#dispatch.recall(lane);
        this.pump();
      },
      blocked: (lane) => this.#kill(lane, new Error('The thread was blocked by something that an earlier task left behind')),
    });
  }

  get maxThreads(): number {
    return this.#dispatch.maxThreads;
  }

  offer(task: Task): boolean {
    return this.#dispatch.offer(task);
  }

  waiting(): Iterable<Task> {
    return this.#dispatch.queue.drain();
  }

  putBack(task: Task): void {
    this.#dispatch.putBack(task);
    this.pump();
  }

  /** Looks at the queue and the lanes, and does whatever can be done now. */
  pump(): void {
    if (this.#destroyed) return;
    this.#dispatch.fillAll();
    if (this.#dispatch.queue.size === 0) return;
    this.#watch.start(true);
    for (const lane of this.#dispatch.lanes) {
      if (lane.state === 'ending' && lane.keepOpen()) this.#progressed(lane);
    }
    for (let missing = this.#missingThreads(); missing > 0; missing--) this.#lease();
  }

  /** Takes an unsettled task away from wherever it is. True: it runs, and its thread has to be stopped. */
  take(task: Task): boolean {
    const { lane } = task;
    if (lane === undefined) {
      this.#dispatch.queue.remove(task);
      return false;
    }
    if (lane.withdraw(task)) return false;
    lane.readOutcomes();
    return task.state !== 'settled' && lane.startedAt(task) !== undefined;
  }

  /** Stops a running task: first by its signal, for as long as it was granted; then by the end of its thread. */
  stop(task: Task, reason: unknown): void {
    const lane = task.lane as Lane;
    const grace = task.settings.gracePeriod ?? 0;
    this.#dispatch.recall(lane);
    if (grace <= 0) this.#kill(lane, reason);
    else {
      lane.cancel(task, reason);
      if (grace !== Number.POSITIVE_INFINITY) {
        setTimeout(() => {
          if (lane.startedAt(task) !== undefined) this.#kill(lane, reason);
        }, grace);
      }
    }
    this.pump();
  }

  resize(maxThreads: number): void {
    this.#dispatch.maxThreads = maxThreads;
    this.#threads.resize(maxThreads);
    for (const lane of this.#dispatch.lanes) this.#dispatch.recall(lane);
    for (const lane of this.#dispatch.lanes) this.#progressed(lane);
    this.pump();
  }

  /** Starts all threads, and loads functions there. */
  async warmUp(calls: readonly Call[]): Promise<void> {
    const deliveries = calls.flatMap((call) => deliveriesOf(call));
    while (this.#dispatch.lanes.size < this.maxThreads) this.#lease();
    await Promise.all(Array.from(this.#dispatch.lanes, (lane) => lane.load(deliveries)));
  }

  /** Lets every thread go: its finalizer runs, and it ends. */
  async retireAll(): Promise<void> {
    if (this.#options.finalizer === undefined) return;
    const places = this.#threads.alive;
    while (this.#dispatch.lanes.size < places) this.#lease();
    await Promise.all(Array.from(this.#dispatch.lanes, (lane) => this.#retireLane(lane)));
  }

  async destroy(): Promise<void> {
    this.#destroyed = true;
    this.#watch.stop();
    this.#idle.stop();
    for (const lane of this.#dispatch.lanes) this.#threads.kill(lane, undefined);
    await Promise.all(Array.from(this.#dispatch.lanes, (lane) => this.#whenGone(lane)));
    await this.#threads.destroy();
  }

  /** How many threads should be started for what waits. */
  #missingThreads(): number {
    if (this.#starts.paused) return 0;
    const { lanes, queue, times, maxThreads } = this.#dispatch;
    let coming = 0;
    let serving = false;
    for (const lane of lanes) {
      if (lane.state === 'starting' || lane.state === 'ending') coming++;
      else if (lane.state === 'open' && !lane.stuck && lane.expected < WORTH_A_THREAD) serving = true;
    }
    const takes = times.expected((queue.peek() as Task).call.site) ?? Number.POSITIVE_INFINITY;
    if (serving && takes * queue.size < WORTH_A_THREAD) return 0;
    return Math.min(maxThreads - lanes.size, queue.size - coming);
  }

  #lease(): Lane {
    const { executor, initializer, finalizer, maxHeapPerThread } = this.#options;
    const watchHeap = maxHeapPerThread !== Number.POSITIVE_INFINITY;
    const lane = this.#threads.lease({ executor, initializer, finalizer, watchHeap });
    this.#dispatch.lanes.add(lane);
    this.#idle.used(this.#dispatch.lanes.size);
    return lane;
  }

  #sent(task: Task): void {
    this.#listener.sent(task);
    this.#watch.start((task.lane as Lane).inFlight > 1);
  }

  #ended(lane: Lane, task: Task, ran: number): void {
    this.#dispatch.times.record(task.call.site, ran);
    if (lane.thread !== undefined) lane.thread.calls++;
    this.#listener.ended(task);
  }

  /** The thread did not find a function: the call goes again, described another way. */
  #missing(task: Task, fn: number): void {
    if (task.state === 'settled') return;
    try {
      prepareAgain(task.call, fn);
      this.#dispatch.putBack(task);
      queueMicrotask(() => this.pump());
    } catch (error) {
      task.fail(error);
    }
  }

  #progressed(lane: Lane): void {
    this.#dispatch.note(lane);
    if (lane.state !== 'open') return;
    if (lane.idle && this.#isWorn(lane)) void this.#retireLane(lane);
    else this.#dispatch.fill(lane);
    if (lane.idle) this.#idle.idle();
  }

  /** The thread has done its share, holds too much, or is one too many. */
  #isWorn(lane: Lane): boolean {
    if (this.#dispatch.lanes.size > this.maxThreads || lane.allowance <= 0) return true;
    return (lane.thread?.heap ?? 0) > this.#options.maxHeapPerThread;
  }

  #message(lane: Lane, message: OtherMessage): void {
    if (message.type === 'ready') this.#ready(lane, message.thread);
    else if (message.type === 'heap') (lane.thread as ThreadRecord).heap = message.mebibytes;
    else if (message.type === 'failed') this.#kill(lane, initializerFailure(this.#options.executor, unpackOutcome(message)));
  }

  #ready(lane: Lane, id: number): void {
    let record = this.#records.get(id);
    if (record === undefined) {
      record = { id, known: new Set(), calls: 0, heap: 0 };
      this.#records.set(id, record);
    }
    lane.belongsTo(record);
    lane.allowance = this.#options.maxTasksPerThread - record.calls;
    this.#starts.succeeded();
  }

  #endLane(lane: Lane): void {
    lane.askToEnd();
    this.#dispatch.note(lane);
  }

  #retire(threads: number): void {
    for (let left = Math.min(threads, this.#threads.warm); left > 0; left--) void this.#retireLane(this.#lease());
  }

  #retireLane(lane: Lane): Promise<void> {
    if (lane.state === 'gone' || lane.state === 'dying') return this.#whenGone(lane);
    lane.state = 'retiring';
    lane.post({ type: 'retire' });
    this.#dispatch.note(lane);
    return this.#whenGone(lane);
  }

  #kill(lane: Lane, cause: unknown): void {
    this.#dispatch.recall(lane);
    this.#threads.kill(lane, cause);
    this.#dispatch.note(lane);
  }

  #whenGone(lane: Lane): Promise<void> {
    if (!this.#dispatch.lanes.has(lane)) return Promise.resolve();
    return new Promise((resolve) => {
      const earlier = this.#gone.get(lane);
      this.#gone.set(lane, () => {
        earlier?.();
        resolve();
      });
    });
  }

  #laneGone(lane: Lane, cause: unknown, retired: boolean): void {
    lane.readOutcomes();
    this.#dispatch.recall(lane);
    this.#dispatch.remove(lane);
    for (const { task, started } of lane.abandon()) {
      if (started) this.#listener.diedUnder(task, lane, cause);
      else task.fail(neverStarted(task, cause));
    }
    if (cause !== undefined && lane.thread !== undefined) this.#records.delete(lane.thread.id);
    this.#gone.get(lane)?.();
    this.#gone.delete(lane);
    if (this.#destroyed) return;
    const failedToStart = cause !== undefined && lane.thread === undefined && !retired;
    if (failedToStart && this.#starts.failed()) this.#listener.noThreads(cause);
    this.pump();
  }
}
