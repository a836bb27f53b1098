/**
 * How a task's promise settles: by what the thread reported, with the two halves of its stack on an error.
 */
import { ExecutorError } from '../errors.js';
import { type ArrivedPayload, unpackOutcome } from '../transport/outcome.js';
import { withCallerStack } from '../transport/values/errors.js';
import type { Arrival, CallerStack, Task } from './task.js';
import type { ToldTask } from './task-channels.js';

/**
 * What the promise is resolved with. Results that are there as they are, at once: in a flood of calls most are let go before it has
 * ended, and only promises are left of them. All else two turns later, in a `then` whose promise the task's own has come to hang on:
 * there V8 knows which async functions await it, and an error's stack shows them for nothing.
 */
export function settlement(task: Task): unknown {
  const { kind, result, call } = task;
  if (task.told === undefined && kind === 'value') return result;
  if (task.told === undefined && kind === 'arrival' && isPlain(result as Arrival))
    return unpackOutcome(result as ArrivedPayload, call.ways);
  return Promise.resolve(task).then(sameTask).then(settled);
}

function isPlain({ ok, packed }: Arrival): boolean {
  return ok && !packed;
}

function sameTask(task: Task): Task {
  return task;
}

function settled(task: Task): unknown {
  return task.told === undefined ? outcomeOf(task) : settleTold(task, task.told);
}

function settleTold(task: Task, told: ToldTask): unknown {
  let value: unknown;
  try {
    value = outcomeOf(task);
  } catch (error) {
    told.ended({ error });
    throw error;
  }
  told.ended();
  return value;
}

function outcomeOf({ kind, result, call, caller }: Task): unknown {
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
  return withCallerStack(error, caller === undefined ? new Error().stack : caller.stack);
}
