/**
 * How a task's promise settles: by what the thread reported, with the two halves of its stack on an error.
 */
import { ExecutorError } from '../errors.js';
import type { Arrival, CallerStack, Task } from '../pool/task.js';
import type { ToldTask } from '../pool/task-channels.js';
import { unpackOutcome } from '../transport/outcome.js';
import { withCallerStack } from '../transport/values/errors.js';

/**
 * For a `then` on the task's own promise: there V8 knows which async functions await the result, and an error's stack shows them for
 * nothing. (An async function would do the same; its activation costs eight times as much.)
 */
export function settle(task: Task): unknown {
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
