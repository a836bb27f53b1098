/**
 * The lanes of one pool: leases threads as work comes, hands lanes over to `Dispatch`, and clears up after those that end.
 *
 * Beside the path of a call stand StallWatch (calls that turn out long), ThreadStarts (starts that fail), IdleThreads (what has nothing to do).
 */
import type { Call } from '../transport/call.js';
import { deliveriesOf, prepareAgain } from '../transport/call.js';
import { type CallbackMessage, takeCallback } from '../transport/called-back.js';
import { onForgotten } from '../transport/functions/ids.js';
import { unpackOutcome } from '../transport/outcome.js';
import type { Lease } from '../transport/protocol.js';
import { after } from './after.js';
import { Dispatch } from './dispatch.js';
import { type IdleOptions, IdleThreads } from './idle-threads.js';
import type { Lane, OtherMessage } from './lane.js';
import { NearAnswer } from './near-answer.js';
import { StallWatch } from './stall-watch.js';
import type { Task } from './task.js';
import { initializerFailure, neverStarted } from './thread-death.js';
import { missingThreads } from './thread-demand.js';
import { ThreadStarts } from './thread-starts.js';
import { type ThreadOptions, Threads } from './threads.js';

export interface LaneOptions extends ThreadOptions, IdleOptions, Pick<Lease, 'executor' | 'initializer' | 'finalizer' | 'ways'> {
  readonly maxTasksPerThread: number;
  /** MiB. */
  readonly maxHeapPerThread: number;
}

export interface LanesListener {
  sent(task: Task): void;
  refused(task: Task, error: unknown): void;
  /** Its thread is done with the task, which may have settled long before. Epoch ms, ms. */
  ended(task: Task, startedAt: number, ran: number): void;
  diedUnder(task: Task, lane: Lane, cause: unknown): void;
  /** Starts failed too often in a row. */
  noThreads(cause: unknown): void;
}

export class Lanes {
  readonly #options: LaneOptions;
  readonly #listener: LanesListener;
  readonly #dispatch: Dispatch;
  readonly #threads: Threads;
  readonly #idle: IdleThreads;
  readonly #watch: StallWatch;
  readonly #near = new NearAnswer((lane) => this.#progressed(lane));
  readonly #starts = new ThreadStarts(() => this.pump());
  readonly #gone = new Map<Lane, () => void>();
  readonly #stopForgetting = onForgotten((ids) => {
    for (const lane of this.#dispatch.lanes) lane.forget(ids);
  });
  #destroyed = false;

  constructor(options: LaneOptions, listener: LanesListener) {
    this.#options = options;
    this.#listener = listener;
    this.#dispatch = new Dispatch(options.maxThreads, {
      sent: (task) => this.#sent(task),
      refused: (task, error) => listener.refused(task, error),
    });
    this.#threads = new Threads(options, {
      ended: (_lane, task, startedAt, ran) => this.#ended(task, startedAt, ran),
      missing: (task, fn) => this.#missing(task, fn),
      progressed: (lane) => this.#progressed(lane),
      message: (lane, message) => this.#message(lane, message),
      gone: (lane, cause) => this.#laneGone(lane, cause),
    });
    this.#idle = new IdleThreads(this.#dispatch, options, {
      release: (lane) => this.#threads.release(lane),
      retire: (lane) => void this.#retire(lane),
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

  /** All that are not settled: those that wait are taken out of the queue. */
  *unsettled(): Generator<Task> {
    yield* this.#dispatch.queue.drain();
    for (const lane of this.#dispatch.lanes) yield* lane.tasks();
  }

  putBack(task: Task): void {
    this.#dispatch.putBack(task);
    this.pump();
  }

  /** What the threads do at this moment. */
  census(): { alive: number; busy: number; running: number; startedAt: number[] } {
    const startedAt: number[] = [];
    let busy = 0;
    let running = 0;
    for (const lane of this.#dispatch.lanes) {
      const head = lane.head;
      if (head?.started === true) startedAt.push(head.startedAt);
      if (head?.started === true && head.task.state !== 'settled') running++;
      if (head !== undefined || lane.state === 'dying') busy++;
    }
    return { alive: this.#dispatch.lanes.size, busy, running, startedAt };
  }

  /** Looks at the queue and the lanes, and does whatever can be done now. */
  pump(): void {
    if (this.#destroyed) return;
    this.#dispatch.fillAll();
    if (this.#dispatch.queue.size === 0) return;
    this.#watch.start(true);
    if (this.#starts.paused) return;
    for (let missing = missingThreads(this.#dispatch); missing > 0; missing--) this.#start();
  }

  /** Takes an unsettled task away from wherever it is. True: it runs, and its thread has to be stopped. */
  take(task: Task): boolean {
    const lane = laneOf(task);
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
    const lane = laneOf(task) as Lane;
    const grace = task.settings.gracePeriod ?? 0;
    this.#dispatch.recall(lane);
    if (grace <= 0) this.#kill(lane, reason);
    else {
      lane.cancel(task, reason);
      task.timer = after(grace, () => {
        if (lane.startedAt(task) !== undefined) this.#kill(lane, reason);
      });
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
    while (this.#dispatch.lanes.size < this.maxThreads) this.#start();
    await Promise.all(Array.from(this.#dispatch.lanes, (lane) => lane.load(deliveries)));
  }

  /** Lets every thread go: its finalizer runs, and it ends. */
  async retireAll(): Promise<void> {
    // Whoever waits for this must not be left by a process that ends because nothing else keeps it alive.
    for (const lane of this.#dispatch.lanes) lane.port.ref();
    await Promise.all(Array.from(this.#dispatch.lanes, (lane) => this.#retire(lane)));
  }

  async destroy(): Promise<void> {
    this.#destroyed = true;
    this.#stopForgetting();
    this.#watch.stop();
    this.#idle.stop();
    for (const lane of this.#dispatch.lanes) this.#threads.kill(lane, undefined);
    await Promise.all(Array.from(this.#dispatch.lanes, (lane) => this.#whenGone(lane)));
    await this.#threads.destroy();
  }

  #start(): void {
    const { executor, initializer, finalizer, ways, maxHeapPerThread } = this.#options;
    const watchHeap = maxHeapPerThread !== Number.POSITIVE_INFINITY;
    this.#dispatch.lanes.add(this.#threads.start({ executor, initializer, finalizer, ways, watchHeap }));
  }

  #sent(task: Task): void {
    this.#listener.sent(task);
    const lane = laneOf(task) as Lane;
    this.#threads.hold(lane);
    this.#watch.start(lane.inFlight > 1);
    if (lane.inFlight === 1) this.#near.expect(lane, task.expected);
    // Now, while the thread wakes up, rather than when its answer comes.
    this.#idle.idle();
  }

  #ended(task: Task, startedAt: number, ran: number): void {
    this.#dispatch.times.record(task.call.site, ran);
    clearTimeout(task.timer);
    this.#listener.ended(task, startedAt, ran);
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
    if (lane.idle && this.#isWorn(lane)) void this.#retire(lane);
    else this.#dispatch.fill(lane);
    if (lane.idle) this.#idle.idle();
  }

  /** The thread has done its share, holds too much, or is one too many. */
  #isWorn(lane: Lane): boolean {
    if (this.#dispatch.lanes.size > this.maxThreads || lane.allowance <= 0) return true;
    return lane.heap > this.#options.maxHeapPerThread;
  }

  #message(lane: Lane, message: OtherMessage): void {
    if (message.type === 'ready') this.#ready(lane, message.thread);
    else if (message.type === 'heap') lane.heap = message.mebibytes;
    else if (message.type === 'callback') this.#calledBack(lane, message);
    else if (message.type === 'failed')
      this.#kill(lane, initializerFailure(this.#options.executor, unpackOutcome(message, this.#options.ways)));
  }

  /** Not for a task whose promise has settled: it was aborted, and runs on for a while. */
  #calledBack(lane: Lane, message: CallbackMessage): void {
    lane.readOutcomes();
    const task = lane.head?.task;
    if (message.sequence < 0 || (task?.sequence === message.sequence && task.state !== 'settled'))
      takeCallback(message, this.#options.ways);
  }

  #ready(lane: Lane, threadId: number): void {
    lane.opened(threadId);
    lane.allowance = this.#options.maxTasksPerThread;
    this.#starts.succeeded();
  }

  #retire(lane: Lane): Promise<void> {
    if (lane.state === 'starting' || lane.state === 'open') {
      this.#dispatch.recall(lane);
      lane.state = 'retiring';
      lane.post({ type: 'retire' });
      this.#dispatch.note(lane);
    }
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

  #laneGone(lane: Lane, cause: unknown): void {
    const wasRetiring = lane.state === 'retiring';
    lane.state = 'gone';
    lane.readOutcomes();
    this.#dispatch.recall(lane);
    this.#dispatch.remove(lane);
    for (const { task, started } of lane.abandon()) {
      clearTimeout(task.timer);
      if (started) this.#listener.diedUnder(task, lane, cause);
      else task.fail(neverStarted(task, cause));
    }
    this.#gone.get(lane)?.();
    this.#gone.delete(lane);
    if (this.#destroyed) return;
    const failedToStart = lane.threadId === undefined && !wasRetiring;
    if (failedToStart && this.#starts.failed()) this.#listener.noThreads(cause);
    this.pump();
  }
}

function laneOf(task: Task): Lane | undefined {
  return task.lane as Lane | undefined;
}
