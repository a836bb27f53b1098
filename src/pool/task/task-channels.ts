/**
 * What happens to tasks, on channels of `node:diagnostics_channel`. While nobody listens a task pays one look, and no message is made.
 *
 *   submit ──▶ start ──▶ (error) ──▶ end         one message a task, the same on each channel, as tracing channels have it
 *
 * Times are the thread's own and exact. The message about them comes when the calling thread learns of it: of a long run's start within
 * `WIDE_LOOK` (`StallWatch`), of a short one's together with its end.
 */
import { channel } from 'node:diagnostics_channel';
import { epochNow } from '../../transport/shared-memory/claims.js';

/** A task, as the channels `run-in-executor:task:…` tell of it: one object from `submit` to `end`, which fills as the task goes on. */
export interface TaskMessage {
  /** Unique in the process. */
  readonly id: number;
  /** The executor's name. */
  readonly executor: string;
  /** `TaskOptions.name`, else the function's. */
  readonly name: string;
  /** Epoch ms with a fraction, like all times here. */
  readonly submittedAt: number;
  /** When its call returned to the caller: what lies between is time of the calling thread. */
  sentAt?: number;
  /** When its thread began to run it. Another one, if it was run again after its thread died. */
  startedAt?: number;
  /** When its run ended, or its promise was rejected without waiting for that. */
  endedAt?: number;
  /** When its thread was done with it: later than `endedAt` for a task that was aborted and could not be stopped at once. */
  freedAt?: number;
  /** Node's `threadId` of its thread. */
  thread?: number;
  /** How it ended. */
  outcome?: 'completed' | 'failed' | 'cancelled';
  /** What its promise was rejected with. */
  error?: unknown;
  /** When it had its thread: once, for all but a stream, which lends its thread to others while its consumer is busy. Without the one that goes on. */
  readonly stretches: Stretch[];
  /** Calls that the task made itself: they run on its own thread. The first 1,000. */
  readonly nested: NestedRun[];
}

/** A time in which a task had its thread, epoch ms. */
export interface Stretch {
  /** When it began. */
  readonly startedAt: number;
  /** When it ended. */
  readonly endedAt: number;
}

/** A call that a task made, and that ran inside of it. */
export interface NestedRun {
  /** `TaskOptions.name`, else the function's. */
  readonly name: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms. */
  readonly endedAt: number;
}

/** On `run-in-executor:task:context`, published in the calling context just before a call is read: what is to go along with it. */
export interface ContextMessage {
  /** The executor's name. */
  readonly executor: string;
  /** The task runs inside this store, as those that the option `context` names. A function that returns the store crosses in its place. */
  follow(store: object, value: unknown): void;
}

export const taskContext = channel('run-in-executor:task:context');
export const taskSubmit = channel('run-in-executor:task:submit');
const taskStart = channel('run-in-executor:task:start');
const taskError = channel('run-in-executor:task:error');
const taskEnd = channel('run-in-executor:task:end');

/** Whether anybody wants to know of tasks. Cost: 4 ns. */
export function isObserved(): boolean {
  return taskSubmit.hasSubscribers || taskEnd.hasSubscribers || taskStart.hasSubscribers || taskError.hasSubscribers;
}

type Outcome = NonNullable<TaskMessage['outcome']>;

const MOST_NESTED = 1_000;

let tasks = 0;

/** A task that somebody wants to know of. */
export class ObservedTask implements TaskMessage {
  readonly id = ++tasks;
  readonly executor: string;
  readonly name: string;
  readonly submittedAt: number;
  readonly stretches: Stretch[] = [];
  readonly nested: NestedRun[] = [];
  declare sentAt?: number;
  declare startedAt?: number;
  declare endedAt?: number;
  declare freedAt?: number;
  declare thread?: number;
  declare outcome?: Outcome;
  declare error?: unknown;
  #toldStart = false;

  constructor(executor: string, name: string, submittedAt: number) {
    this.executor = executor;
    this.name = name;
    this.submittedAt = submittedAt;
  }

  /** It has been seen to run. */
  runs(startedAt: number, thread: number | undefined): void {
    if (this.#toldStart) return;
    this.#toldStart = true;
    this.startedAt = startedAt;
    if (thread !== undefined) this.thread = thread;
    taskStart.publish(this);
  }

  /** Its thread died, and it will run again. */
  again(): void {
    this.#toldStart = false;
  }

  ranInside(name: string, startedAt: number, endedAt: number): void {
    if (this.nested.length < MOST_NESTED) this.nested.push({ name, startedAt, endedAt });
  }

  /** Its thread is free of it again. */
  ran(startedAt: number, endedAt: number, thread: number | undefined): void {
    this.runs(startedAt, thread);
    this.stretches.push({ startedAt, endedAt });
  }

  /** It is settled; `run` is what its thread wrote down, if one began it. */
  settled(outcome: Outcome, run: { readonly startedAt: number; readonly endedAt?: number } | undefined, thread: number | undefined): void {
    this.outcome = outcome;
    if (run !== undefined) this.runs(run.startedAt, thread);
    this.endedAt = run?.endedAt ?? epochNow();
  }

  /** Its promise settles now; `failed`: with what. */
  ended(failed?: { readonly error: unknown }): void {
    this.endedAt ??= epochNow();
    if (failed !== undefined) {
      this.outcome ??= 'failed';
      this.error = failed.error;
      taskError.publish(this);
    }
    taskEnd.publish(this);
  }
}
