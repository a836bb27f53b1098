/**
 * A task: one call on its way, from the moment it is taken until its promise settles.
 */

import type { Call } from '../../transport/calls/call.js';
import { callListener } from '../../transport/functions/callback.js';
import { labelOf } from '../../transport/functions/label.js';
import { clearTimeout } from '../../transport/own/own-globals.js';
import { type Claims, epochNow } from '../../transport/shared-memory/claims.js';
import { reject } from './rejections.js';
import { type Arrival, type CallerStack, type Ended, type ResultKind, settlement } from './settle.js';
import type { ObservedTask } from './task-channels.js';

export interface TaskSettings {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  readonly queueTimeout?: number | undefined;
  readonly gracePeriod?: number | ((reason: unknown) => number) | undefined;
  readonly priority?: number | undefined;
  readonly retries?: number | undefined;
  readonly name?: string | undefined;
  /** Where it was called, if that is not where it is submitted. */
  readonly caller?: CallerStack | undefined;
  /** It belongs to something that was begun before the pool was closed. */
  readonly begun?: boolean | undefined;
}

/** Who is told when a task is settled, exactly once. */
export interface TaskOwner {
  settled(task: Task): void;
}

/** What a task needs of the lane that it is on. */
export interface Carrier {
  readonly claims: Claims;
  /** Node's number of its thread. */
  readonly threadId: number | undefined;
  readOutcomes(): void;
  /** Epoch ms; undefined while it does not run. */
  startedAt(task: Task): number | undefined;
}

/**
 * waiting: in the queue. sent: on a lane; the claim word says whether it has started.
 * settled: its promise is settled; a thread may still be busy with it.
 */
export type TaskState = 'waiting' | 'sent' | 'settled';

export type TaskEnd = 'completed' | 'failed' | 'cancelled';

let lastResolve: ((outcome: unknown) => void) | undefined;

/** One function for all promises, not a closure each; and no way to reject, for which there would be another: see `settlement`. */
function keepResolve(resolve: (outcome: unknown) => void): void {
  lastResolve = resolve;
}

export class Task implements Ended {
  call: Call;
  readonly settings: TaskSettings;
  /** The place in the order of asking, which a task keeps when it is put back. */
  readonly order: number;
  /** When the call was made, epoch ms. */
  readonly submittedAt: number;
  /** What it has taken of the calling thread's time to be sent, in whole ns: of other numbers, V8 makes an object each. */
  #spent = 0;
  /** Kept only after the call is on its way: capturing a stack takes longer than sending. */
  caller: CallerStack | undefined;
  /** Undefined where nobody listens. */
  readonly observed: ObservedTask | undefined;
  /** It counts as one of the pool's: not refused. */
  taken = false;
  state: TaskState = 'waiting';
  end: TaskEnd | undefined;
  kind: ResultKind = 'value';
  result: unknown;
  /** How often it may still be run again, should its thread die under it. */
  retriesLeft: number;
  /** No number before it is sent: other than a small integer, that would be an object of its own in each task that waits. */
  #expected: number | undefined;
  lane: Carrier | undefined;
  sequence = -1;
  /** It has lent its thread to others for now. See `ParkedTasks`. */
  parked = false;
  /** The number under which its thread knows it, if it was ever parked: it can go on nowhere else. */
  parkedAs: number | undefined;
  /** How long it ran, and how long it had waited, before it was last parked, ms. */
  ranBefore = 0;
  waited = 0;
  timer: NodeJS.Timeout | undefined;
  queueTimer: NodeJS.Timeout | undefined;
  unwatch: (() => void) | undefined;
  // The queue's own links: a task is taken out of the middle without a search.
  next: Task | undefined;
  previous: Task | undefined;
  readonly #owner: TaskOwner;
  readonly #resolve: (outcome: unknown) => void;
  /** What the caller awaits. */
  readonly promise: Promise<unknown>;

  constructor(
    call: Call,
    settings: TaskSettings,
    order: number,
    submittedAt: number,
    observed: ObservedTask | undefined,
    owner: TaskOwner,
  ) {
    this.call = call;
    this.settings = settings;
    this.retriesLeft = settings.retries ?? 0;
    this.order = order;
    this.submittedAt = submittedAt;
    this.observed = observed;
    this.#owner = owner;
    this.promise = new Promise<unknown>(keepResolve);
    this.#resolve = lastResolve as (outcome: unknown) => void;
    // A promise holds its result: whoever ran last would be kept until somebody runs next.
    lastResolve = undefined;
    if ((order & (order - 1)) === 0) keepShape();
  }

  // Only the first of these has an effect: an outcome that comes after an abort finds nobody waiting.

  fulfil(value: unknown): void {
    this.settle('completed', 'value', value);
  }

  arrive(arrival: Arrival): void {
    this.settle(arrival.ok ? 'completed' : 'failed', 'arrival', arrival);
  }

  fail(error: unknown, end: 'failed' | 'cancelled' = 'failed'): void {
    this.settle(end, 'error', error);
  }

  /** What these come down to. No private method, which would be one field more in each task. */
  settle(end: TaskEnd, kind: ResultKind, result: unknown): void {
    if (this.state === 'settled') return;
    this.state = 'settled';
    this.end = end;
    this.kind = kind;
    this.result = result;
    if (this.timer !== undefined) clearTimeout(this.timer);
    if (this.queueTimer !== undefined) clearTimeout(this.queueTimer);
    this.observed?.settled(end, this.parked ? undefined : this.lane?.claims.runOf(this.sequence), this.lane?.threadId);
    this.#owner.settled(this);
    if (kind === 'error') reject(this);
    else this.release();
  }

  /** @internal For `reject`. */
  release(): void {
    this.#resolve(settlement(this));
  }

  /** How long it was expected to run when it was sent, ms. */
  get expected(): number {
    return this.#expected ?? 0;
  }

  set expected(ms: number) {
    this.#expected = ms;
  }

  get priority(): number {
    return this.settings.priority ?? 0;
  }

  /** ms. */
  get spent(): number {
    return this.#spent / NANOSECONDS;
  }

  /** It has taken so many ms more. */
  spend(ms: number): void {
    this.#spent += Math.round(ms * NANOSECONDS);
  }

  /** ms that it gets to end by itself, now that it is stopped: none where whoever says so throws, for its thread has to be stopped all the same. */
  gracePeriod(reason: unknown): number {
    const { gracePeriod = 0 } = this.settings;
    if (typeof gracePeriod !== 'function') return gracePeriod;
    let granted = 0;
    callListener(() => {
      granted = gracePeriod(reason);
    }, []);
    return granted;
  }

  get label(): string {
    return this.settings.name ?? (labelOf(this.call.fn) || 'the function');
  }
}

/** No closure for each of a million calls. */
export function fulfil(task: Task, value: unknown): void {
  task.fulfil(value);
}

/** In a ms. */
const NANOSECONDS = 1_000_000;

const kept: { task?: Task } = {};

/**
 * A task of nobody's, kept for its shape: V8 forgets the shape of objects of which a collection finds none, and throws away what it has compiled
 * for them. A flood after such a collection takes three times as long. Made anew with the 2nd, 4th, 8th … task of a pool: the shape
 * settles as tasks come that use more of it, as a time-out.
 */
function keepShape(): void {
  const encoded = { fn: 0, packed: false, payload: [], descriptions: [], objects: false, transfer: undefined };
  const call: Call = { encoded, fn: keepShape, args: [], ways: 'any', site: 0, stores: undefined };
  kept.task = new Task(call, {}, -1, epochNow(), undefined, { settled: () => {} });
}
