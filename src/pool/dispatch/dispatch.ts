/**
 * What goes where, decided at the moment a thread is free: the queue on one side, the lanes on the other.
 *
 * Calls that are known to be short are sent ahead of need, several in a message, so that a thread never waits for the calling side.
 * Whatever was sent ahead and has not started can be taken back (`Lane.withdraw`), so it is only ever a guess about time:
 * it goes elsewhere when another thread is free first, when its own thread is stuck behind a long call, or when a more urgent task comes.
 */
import { holdCall, holdWaiting } from '../../transport/calls/call.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import { bringsModules } from '../lane/brings-modules.js';
import type { Lane } from '../lane/lane.js';
import { TaskQueue } from '../queue/task-queue.js';
import type { Task } from '../task/task.js';
import { forcedBatch } from './forced-batch.js';
import { RunTimes } from './run-times.js';
import { Suspects } from './suspects.js';
import { MOST_WEIGHT, weightOf } from './weight.js';

/** Expected run time that may wait on one thread, ms: longer than the calling side takes to answer, shorter than anybody notices. */
const AHEAD = 1;

/** Calls in one message at most. Beyond this a message gains nothing, and the first of its calls waits for the last to be written. */
const MOST_A_MESSAGE = 128;

/** Expected run time that makes taking half of another thread's calls worth a message, ms. */
const WORTH_TAKING = 0.2;

/** A call that is expected to run longer than this is never sent ahead: the thread's wait for the next is nothing beside it, ms. */
const LONG = 5;

export interface DispatchListener {
  sent(task: Task): void;
  /** `postMessage` refused it, with nothing sent. */
  refused(task: Task, error: unknown): void;
}

export class Dispatch {
  readonly queue = new TaskQueue();
  readonly lanes = new Set<Lane>();
  readonly times = new RunTimes();
  readonly suspects = new Suspects();
  maxThreads: number;
  readonly #forced = forcedBatch();
  /** The last one used is the first one used again: its caches are warm, and the others may rest. */
  readonly #idle: Lane[] = [];
  readonly #listener: DispatchListener;
  /** No task on any lane has a lower priority than this. */
  #lowest = Number.POSITIVE_INFINITY;

  constructor(maxThreads: number, listener: DispatchListener) {
    this.maxThreads = maxThreads;
    this.#listener = listener;
  }

  /** Lanes that run something, or whose thread is not there (yet, or any more). Where there are too many, those do not count that neither run nor end anything. */
  get busy(): number {
    if (this.lanes.size <= this.maxThreads) return this.lanes.size - this.#idle.length;
    let busy = 0;
    for (const lane of this.lanes) if (lane.state === 'dying' || !lane.idle) busy++;
    return busy;
  }

  /** More lanes serve, or are to, than may: those that have been let go do no more. */
  get hasExcess(): boolean {
    if (this.lanes.size <= this.maxThreads) return false;
    let serving = 0;
    for (const { state } of this.lanes) if (state === 'starting' || state === 'open') serving++;
    return serving > this.maxThreads;
  }

  get idle(): readonly Lane[] {
    return this.#idle;
  }

  /** Sends the task at once if a thread is free; else it waits, independent of the caller's objects from now on. */
  offer(task: Task): boolean {
    const lane = this.#idle.at(-1);
    if (lane !== undefined && this.queue.size === 0 && this.busy < this.maxThreads && this.#takesAny(lane)) {
      this.#send(lane, [task]);
      return true;
    }
    holdWaiting(task.call);
    this.queue.push(task);
    if (task.priority > this.#lowest) this.#recallAll();
    return false;
  }

  /** Gives the lane what it should have now. */
  fill(lane: Lane): void {
    if (lane.state !== 'open' || this.#resume(lane)) return;
    let batch = this.#nextFor(lane);
    if (batch.length === 0 && lane.idle && this.queue.size === 0 && this.#takeFromFullest(lane)) batch = this.#nextFor(lane);
    if (batch.length === 0) return;
    const since = epochNow();
    this.#send(lane, batch);
    // Posted at `movedAt`, unless it was refused.
    const each = Math.max(0, lane.movedAt - since) / batch.length;
    for (const task of batch) task.spend(each);
  }

  /** What the lanes have ended without telling yet is read first: one that looks busy may have nothing left. */
  fillAll(): void {
    for (const lane of this.lanes) {
      lane.readOutcomes();
      this.note(lane);
    }
    for (const lane of this.lanes) if (this.queue.size > 0 || lane.parked.size > 0) this.fill(lane);
  }

  /** To be called whenever a lane opens, makes progress, or is open no more. */
  note(lane: Lane): void {
    const at = this.#idle.lastIndexOf(lane);
    const isIdle = lane.state === 'open' && lane.idle;
    // Who shares its thread with a parked call shares its fate as well: such a lane is the last to be used.
    if (isIdle && at < 0) lane.parked.size > 0 ? this.#idle.unshift(lane) : this.#idle.push(lane);
    else if (!isIdle && at >= 0) this.#idle.splice(at, 1);
  }

  remove(lane: Lane): void {
    this.lanes.delete(lane);
    this.note(lane);
  }

  /** Takes back all calls of a lane that have not started. */
  recall(lane: Lane): void {
    for (const task of lane.withdrawLast(Number.POSITIVE_INFINITY)) this.putBack(task);
  }

  putBack(task: Task): void {
    // It ended with the pool, on its way to a thread that has ended since.
    if (task.state === 'settled') return;
    if (task.parkedAs === undefined) task.observed?.again();
    task.state = 'waiting';
    task.lane = undefined;
    this.queue.putBack(task);
  }

  #send(lane: Lane, batch: Task[]): void {
    for (const task of batch) {
      task.expected = this.times.expected(task.call.site) ?? LONG;
      if (task.retriesLeft > 0 && task.parkedAs === undefined) holdCall(task.call);
      if (task.priority < this.#lowest) this.#lowest = task.priority;
    }
    try {
      lane.send(batch);
    } catch (error) {
      // Held calls cannot fail; a single one may, as what it holds was never looked at closely.
      if (batch.length === 1) this.#listener.refused(batch[0] as Task, error);
      else for (const task of batch) this.#send(lane, [task]);
      return;
    }
    this.note(lane);
    for (const task of batch) this.#listener.sent(task);
  }

  /** True: a parked call of this lane goes on. It was there before all that wait, unless they are more urgent. */
  #resume(lane: Lane): boolean {
    const { next } = lane.parked;
    if (next === undefined || !this.#mayTakeMore(lane) || (this.queue.peek()?.priority ?? next.priority) > next.priority) return false;
    this.#send(lane, [next]);
    return true;
  }

  #mayTakeMore(lane: Lane): boolean {
    if (lane.idle) return this.busy < this.maxThreads;
    // After a `resize` downwards, lanes beyond the limit run out of calls, and are let go one by one.
    return !lane.stuck && this.busy <= this.maxThreads && lane.calls.free > 0;
  }

  /** A parked call's thread serves others only where no more threads may start. */
  #takesAny(lane: Lane): boolean {
    return lane.parked.size === 0 || this.lanes.size >= this.maxThreads;
  }

  #nextFor(lane: Lane): Task[] {
    const batch: Task[] = [];
    if (!this.#mayTakeMore(lane) || !this.#takesAny(lane)) return batch;
    // A worn thread serves on while it is held by parked calls: it may be the only one.
    const allowance = lane.parked.size > 0 ? Number.POSITIVE_INFINITY : lane.allowance;
    const even = Math.ceil(this.queue.size / Math.max(1, this.lanes.size));
    const share = Math.min(MOST_A_MESSAGE, lane.calls.free, allowance, this.#forced === undefined ? even : this.queue.size);
    let expected = lane.expected;
    let weight = 0;
    while (batch.length < share) {
      const task = this.queue.peek() as Task;
      const ahead = lane.inFlight + batch.length;
      const takes = this.times.expected(task.call.site);
      // What was transferred cannot be sent again: behind nothing, not even calls that were withdrawn and whose module the thread still imports.
      // Nor may what a module does as it is loaded be done to those before it in their message.
      const isSuspect = this.suspects.has(task);
      if (
        (ahead > 0 || !lane.idle) &&
        (isSuspect || task.call.encoded.transfer !== undefined || bringsModules(task, lane.descriptions.known))
      )
        break;
      if (ahead > 0 && !this.#goesAhead(takes, ahead, expected)) break;
      weight += weightOf(task.call);
      if (batch.length > 0 && weight > MOST_WEIGHT) break;
      this.queue.remove(task);
      batch.push(task);
      if (isSuspect) break;
      expected += takes ?? Number.POSITIVE_INFINITY;
    }
    return batch;
  }

  /** A call that takes so long, behind so many that take so long, ms. */
  #goesAhead(takes: number | undefined, ahead: number, expected: number): boolean {
    if (this.#forced !== undefined) return ahead < this.#forced;
    if (takes === undefined || takes > LONG || expected > LONG) return false;
    // One may always be ahead; more only while they are short.
    return ahead === 1 || expected + takes <= AHEAD;
  }

  /** A thread with nothing to do takes half of what waits on the thread that has most. */
  #takeFromFullest(lane: Lane): boolean {
    let fullest: Lane | undefined;
    for (const other of this.lanes) {
      if (other !== lane && other.inFlight > 1 && other.inFlight > (fullest?.inFlight ?? 0)) fullest = other;
    }
    if (fullest === undefined) return false;
    if (fullest.expected < WORTH_TAKING && !fullest.stuck) return false;
    const taken = fullest.withdrawLast(fullest.inFlight >>> 1);
    for (const task of taken) this.putBack(task);
    return taken.length > 0;
  }

  #recallAll(): void {
    for (const lane of this.lanes) this.recall(lane);
    this.#lowest = Number.POSITIVE_INFINITY;
    for (const lane of this.lanes) {
      const running = lane.head?.task;
      if (running !== undefined) this.#lowest = Math.min(this.#lowest, running.priority);
    }
  }
}
