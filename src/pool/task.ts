/**
 * A task: one call on its way, from the moment it is taken until its promise settles.
 */
import type { Call } from '../transport/call.js';
import { epochNow } from '../transport/claims.js';
import type { ArrivedPayload } from '../transport/outcome.js';

export interface TaskSettings {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  readonly queueTimeout?: number | undefined;
  readonly gracePeriod?: number | undefined;
  readonly priority?: number | undefined;
  readonly retries?: number | undefined;
  readonly name?: string | undefined;
}

/** What a message from the thread brought, still to be decoded. */
export interface Arrival extends ArrivedPayload {
  readonly ok: boolean;
}

/** Who waits for the task. Exactly one of its methods is called, once. */
export interface Waiter {
  value(value: unknown): void;
  arrive(arrival: Arrival): void;
  fail(error: unknown): void;
}

/** What a task needs of the lane that it is on. */
export interface Carrier {
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

export class Task {
  call: Call;
  readonly settings: TaskSettings;
  readonly priority: number;
  /** The place in the order of asking, which a task keeps when it is put back. */
  readonly order: number;
  readonly submittedAt: number;
  state: TaskState = 'waiting';
  end: TaskEnd | undefined;
  /** How often it may still be run again, should its thread die under it. */
  retriesLeft: number;
  /** How long it was expected to run when it was sent, ms. */
  expected = 0;
  lane: Carrier | undefined;
  sequence = -1;
  timer: NodeJS.Timeout | undefined;
  queueTimer: NodeJS.Timeout | undefined;
  unwatch: (() => void) | undefined;
  // The queue's own links: a task is taken out of the middle without a search.
  next: Task | undefined;
  previous: Task | undefined;
  readonly #waiter: Waiter;
  readonly #settled: (task: Task) => void;

  constructor(call: Call, settings: TaskSettings, waiter: Waiter, order: number, settled: (task: Task) => void) {
    this.call = call;
    this.settings = settings;
    this.priority = settings.priority ?? 0;
    this.retriesLeft = settings.retries ?? 0;
    this.order = order;
    this.submittedAt = epochNow();
    this.#waiter = waiter;
    this.#settled = settled;
  }

  // Only the first of these has an effect: an outcome that comes after an abort finds nobody waiting.

  fulfil(value: unknown): void {
    if (this.#settle('completed')) this.#waiter.value(value);
  }

  arrive(arrival: Arrival): void {
    if (this.#settle(arrival.ok ? 'completed' : 'failed')) this.#waiter.arrive(arrival);
  }

  fail(error: unknown, how: 'failed' | 'cancelled' = 'failed'): void {
    if (this.#settle(how)) this.#waiter.fail(error);
  }

  #settle(how: TaskEnd): boolean {
    if (this.state === 'settled') return false;
    this.state = 'settled';
    this.end = how;
    clearTimeout(this.timer);
    clearTimeout(this.queueTimer);
    this.#settled(this);
    return true;
  }

  get label(): string {
    return this.settings.name ?? (this.call.fn.name || 'the function');
  }
}
