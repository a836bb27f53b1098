/**
 * A call on this very thread: what crosses is copied and checked as if it went to another.
 */
import { isObserved, ObservedTask, taskSubmit } from '../../pool/task/task-channels.js';
import type { AnyFunction } from '../../transport/any-function.js';
import { prepareCall } from '../../transport/calls/call.js';
import { callHere } from '../../transport/calls/here.js';
import type { Ways } from '../../transport/described.js';
import { isThread, type RunningTask, threadState } from '../../transport/own/thread-state.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import type { TaskOptions } from '../task-options.js';
import { inlineScope } from './inline-scope.js';
import { stoppable } from './stoppable.js';

/** Calls that a task makes run on its own thread: no pools inside pools, and so no deadlock at any limit. */
export function isInTask(): boolean {
  return isThread() || inlineScope() !== undefined;
}

/** Rejects like a task: with what cannot cross, or with what the function throws. */
export async function runInline(fn: AnyFunction, args: readonly unknown[], ways: Ways): Promise<unknown> {
  return callHere(prepareCall(fn, args, ways));
}

/** A call inside a task: reported on the thread's own channels, and with its task on the calling side. */
export function nested(executor: string, label: string, options: TaskOptions, call: () => Promise<unknown>): Promise<unknown> {
  const run = () => stoppable(options, label, call);
  const state = threadState();
  const task = state === undefined ? inlineScope() : state.task();
  const message = state !== undefined && isObserved() ? new ObservedTask(executor, label, epochNow()) : undefined;
  if (task?.observed !== true && message === undefined) return run();
  const go = () => runObserved(label, run, task, message);
  return message === undefined ? go() : (taskSubmit.runStores(message, go) as Promise<unknown>);
}

async function runObserved(
  label: string,
  run: () => Promise<unknown>,
  task: RunningTask | undefined,
  message: ObservedTask | undefined,
): Promise<unknown> {
  const startedAt = epochNow();
  message?.runs(startedAt, threadState()?.id);
  try {
    const value = await run();
    if (message !== undefined) message.outcome = 'completed';
    message?.ended();
    return value;
  } catch (error) {
    message?.ended({ error });
    throw error;
  } finally {
    if (task?.observed === true) task.ranInside(label, startedAt, epochNow());
  }
}
