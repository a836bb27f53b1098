/**
 * How lanes end: let go (with their finalizer), killed, or died by themselves; and what becomes of the calls that they held.
 *
 * What waited on the lane goes back to the queue before anything else is done to it, so that only the call that ran can be lost.
 */

import { clearTimeout } from '../../transport/own/own-globals.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import { after } from '../after.js';
import type { Dispatch } from '../dispatch/dispatch.js';
import type { Lane } from '../lane/lane.js';
import { IMPORTING } from '../lane/lane-calls.js';
import type { Task } from '../task/task.js';
import { neverStarted, ranOutOfMemory } from './thread-death.js';

/**
 * A finalizer may take so long while calls wait for the place of its thread, in so many looks of LOOK ms: one that never ends would hold it for ever.
 * And so long a thread that has nothing to do may take to come to it, or to end: what a task left behind blocks it, and would hold up `close()` for ever.
 */
const FINALIZING_LOOKS = 5;
const LOOK = 1_000;

const SLOW_FINALIZER = 'Its finalizer did not end while calls waited for a thread';
const BLOCKED_THREAD = 'The thread was blocked by something that an earlier task left behind';

/** An aborted stream that was parked may take so long to run its `finally`, however short its grace: the thread is not its own, ms. */
const CLOSING = 1_000;

export interface LaneEndsListener {
  kill(lane: Lane, cause: unknown): void;
  diedUnder(task: Task, lane: Lane, cause: unknown): void;
  /** It was parked there. */
  diedBeside(task: Task, cause: unknown): void;
  /** A lane is gone, and all that it held is settled or waits again. */
  gone(cause: unknown, failedToStart: boolean): void;
}

export class LaneEnds {
  readonly #dispatch: Dispatch;
  readonly #listener: LaneEndsListener;
  readonly #awaiting = new Map<Lane, (() => void)[]>();
  readonly #finalizing = new Map<Lane, NodeJS.Timeout | undefined>();

  constructor(dispatch: Dispatch, listener: LaneEndsListener) {
    this.#dispatch = dispatch;
    this.#listener = listener;
  }

  /** Lets the thread go: its finalizer runs, and it ends. Resolves when it has. */
  retire(lane: Lane): Promise<void> {
    if (lane.state === 'starting' || lane.state === 'open') {
      this.#dispatch.recall(lane);
      lane.state = 'retiring';
      lane.post({ type: 'retire' });
      this.#dispatch.note(lane);
      this.#freeWithin(FINALIZING_LOOKS, lane);
      // Its thread may not have come by what was withdrawn: it imports a module, maybe, for nobody and for ever.
      if (!lane.calls.empty) after(IMPORTING, () => this.#killUnlessPassed(lane))?.unref();
    }
    return this.whenGone(lane);
  }

  async retireAll(): Promise<void> {
    const gone = Array.from(this.#dispatch.lanes, (lane) => this.retire(lane));
    this.awaited();
    await Promise.all(gone);
  }

  /** Somebody waits for threads that were let go, for their places, or for those that start: a process that nothing else keeps alive must not end meanwhile. */
  awaited(): void {
    for (const lane of this.#dispatch.lanes) if (lane.state === 'retiring' || lane.state === 'starting') lane.port.ref();
  }

  #killUnlessPassed(lane: Lane): void {
    lane.readOutcomes();
    if (lane.state === 'retiring' && !lane.calls.empty && !runsOn(lane)) this.kill(lane, undefined);
  }

  /** Looks that find the process stopped meanwhile count as one: so do they find the thread. */
  #freeWithin(looks: number, lane: Lane): void {
    const timer = after(LOOK, () => {
      if (looks === 0) this.kill(lane, new Error(lane.finalizing ? SLOW_FINALIZER : BLOCKED_THREAD));
      else this.#freeWithin(this.#dispatch.queue.size > 0 || isBlocked(lane) ? looks - 1 : looks, lane);
    });
    this.#finalizing.set(lane, timer?.unref());
  }

  /** Stops a running task: first by its signal, for as long as it was granted; then by the end of its thread. */
  stop(task: Task, lane: Lane, reason: unknown): void {
    if (lane.withdrawLoading(task)) {
      this.#dispatch.recall(lane);
      task.timer = after(IMPORTING, () => {
        if (lane.calls.head <= task.sequence) this.kill(lane, reason);
      })?.unref();
      return;
    }
    const grace = task.gracePeriod(reason);
    const runs = lane.startedAt(task) !== undefined;
    if (grace <= 0 && runs) {
      this.#killUnder(task, lane, reason);
      return;
    }
    if (runs) this.#dispatch.recall(lane);
    lane.cancel(task, reason);
    if (!runs) this.#closeWithin(Math.max(grace, CLOSING), task, lane, reason);
    else
      task.timer = after(grace, () => {
        this.#killUnder(task, lane, reason);
      });
  }

  /** Not if it ends by itself just now. What waits behind it is taken off first: the thread might have begun it meanwhile, and would end under it. */
  #killUnder(task: Task, lane: Lane, reason: unknown): void {
    this.#dispatch.recall(lane);
    if (lane.startedAt(task) !== undefined) this.kill(lane, reason);
  }

  /** A parked call's time begins when it has its thread again, which others may hold. */
  #closeWithin(grace: number, task: Task, lane: Lane, reason: unknown, left = grace): void {
    task.timer = after(left, () => {
      const ran = epochNow() - (lane.startedAt(task) ?? Number.POSITIVE_INFINITY);
      // Timers may come a fraction of a millisecond early.
      if (ran > grace - 1) this.#killUnder(task, lane, reason);
      else this.#closeWithin(grace, task, lane, reason, ran > 0 ? grace - ran : grace);
    });
  }

  /** Ends the thread under whatever runs there. */
  kill(lane: Lane, cause: unknown): void {
    this.#dispatch.recall(lane);
    this.#listener.kill(lane, cause);
    this.#dispatch.note(lane);
  }

  whenGone(lane: Lane): Promise<void> {
    if (!this.#dispatch.lanes.has(lane)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#awaiting.set(lane, [...(this.#awaiting.get(lane) ?? []), resolve]);
    });
  }

  /** To be called when the thread has ended, for whatever reason. */
  ended(lane: Lane, cause: unknown): void {
    const wasRetiring = lane.state === 'retiring';
    const byItself = lane.state === 'open';
    lane.state = 'gone';
    lane.readOutcomes();
    if (byItself && lane.head?.started === false) this.#suspect(lane, cause);
    this.#dispatch.recall(lane);
    this.#dispatch.remove(lane);
    clearTimeout(this.#finalizing.get(lane));
    this.#finalizing.delete(lane);
    for (const task of lane.parked.drain()) {
      clearTimeout(task.timer);
      this.#listener.diedBeside(task, cause);
    }
    for (const { task, started } of lane.abandon()) {
      clearTimeout(task.timer);
      if (started) this.#listener.diedUnder(task, lane, cause);
      // On its way to go on: it had lent the thread to whoever ended it.
      else if (task.parkedAs !== undefined) this.#listener.diedBeside(task, cause);
      else task.fail(neverStarted(task, cause));
    }
    for (const resolve of this.#awaiting.get(lane) ?? []) resolve();
    this.#awaiting.delete(lane);
    this.#listener.gone(cause, lane.threadId === undefined && !wasRetiring);
  }

  /** The thread ran nothing of what it had been sent: one of these calls may have ended it. */
  #suspect(lane: Lane, cause: unknown): void {
    const isNew = lane.calls.head === 0;
    const withdrawn = lane.withdrawLast(Number.POSITIVE_INFINITY);
    // Nothing but this call had come to its thread, and it filled the heap: so it would any other's.
    const proven = isNew && withdrawn.length === 1 && ranOutOfMemory(cause);
    for (const task of withdrawn) {
      if (proven || this.#dispatch.suspects.died(task)) task.fail(neverStarted(task, cause));
      else this.#dispatch.putBack(task);
    }
  }
}

/** What was aborted has been given time to end by itself. */
function runsOn({ head }: Lane): boolean {
  return head?.started === true;
}

/** The thread was let go, and neither goes nor does anything that is waited for. */
function isBlocked(lane: Lane): boolean {
  return lane.threadId !== undefined && !lane.finalizing && !runsOn(lane);
}
