/**
 * How a task's promise settles: by what the thread reported, with the two halves of its stack on an error.
 */
import { ExecutorError } from '../../errors.js';
import type { Call } from '../../transport/calls/call.js';
import { type ArrivedPayload, unpackOutcome } from '../../transport/calls/outcome.js';
import { performance } from '../../transport/own/own-globals.js';
import { stackOf, withCallerStack, withCallerStackLater } from '../../transport/values/errors.js';
import type { ObservedTask } from './task-channels.js';

/** What a message from the thread brought, still to be decoded. */
export interface Arrival extends ArrivedPayload {
  readonly ok: boolean;
}

/** Where the call was made, if that was kept. */
export interface CallerStack {
  stack?: string;
}

/** What `result` is: the value itself, a message still to be unpacked, or an error of this side. */
export type ResultKind = 'value' | 'arrival' | 'error';

/** What is looked at of a task that has ended. */
export interface Ended {
  readonly call: Call;
  readonly kind: ResultKind;
  readonly result: unknown;
  readonly caller: CallerStack | undefined;
  /** Undefined where nobody listens. */
  readonly observed: ObservedTask | undefined;
}

/**
 * What the promise is resolved with. Results that are there as they are, at once: in a flood of calls most are let go before it has
 * ended, and only promises are left of them. All else two turns later, in a `then` whose promise the task's own has come to hang on:
 * there V8 knows which async functions await it, and an error's stack shows them for nothing.
 */
export function settlement(task: Ended): unknown {
  if (task.observed === undefined && isThere(task)) return outcomeOf(task);
  return Promise.resolve(task).then(sameTask).then(settled);
}

function isThere({ kind, result }: Ended): boolean {
  return kind === 'value' || (kind === 'arrival' && (result as Arrival).ok && !(result as Arrival).packed);
}

function sameTask(task: Ended): Ended {
  return task;
}

function settled(task: Ended): unknown {
  return task.observed === undefined ? outcomeOf(task) : settleObserved(task, task.observed);
}

function settleObserved(task: Ended, observed: ObservedTask): unknown {
  let value: unknown;
  try {
    value = outcomeOf(task);
  } catch (error) {
    observed.ended({ error });
    throw error;
  }
  observed.ended();
  return value;
}

function outcomeOf({ kind, result, call, caller }: Ended): unknown {
  if (kind === 'value') return result;
  if (kind === 'error') {
    // An abort reason is the caller's own object, and stays as it is.
    throw result instanceof ExecutorError ? withCaller(result, caller) : result;
  }
  const value = unpackOutcome(result as Arrival, call.ways);
  if ((result as Arrival).ok) return value;
  throw withCaller(value, caller);
}

function withCaller(error: unknown, caller: CallerStack | undefined): unknown {
  const frames = caller ?? new Error();
  return writesStack() ? withCallerStack(error, stackOf(frames)) : withCallerStackLater(error, frames);
}

/** Stacks written down within one `PERIOD` at once; those of a flood of failures when they are read. 15 µs each. */
const AT_ONCE = 64;

/** ms. */
const PERIOD = 50;

let written = 0;
let writtenSince = 0;

function writesStack(): boolean {
  if (written < AT_ONCE) {
    written++;
    return true;
  }
  const now = performance.now();
  if (now - writtenSince < PERIOD) return false;
  writtenSince = now;
  written = 1;
  return true;
}
