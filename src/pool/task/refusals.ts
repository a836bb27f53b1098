/**
 * What a pool says to tasks that it does not take, or does not finish.
 */
import { ExecutorClosedError, QueueFullError, TaskTimeoutError } from '../../errors.js';
import { oneStack } from './one-stack.js';
import type { Task } from './task.js';

/** For one that finds no room. */
export function fullError(executor: string, maxQueue: number): QueueFullError {
  return new QueueFullError(`The queue of ${executor} is full (maxQueue ${maxQueue}): await ready() before submitting, or answer "busy"`);
}

/** For tasks that were taken, all in one turn. */
export function endedErrors(executor: string): (task: Pick<Task, 'label'>) => ExecutorClosedError {
  return oneStack((task) => endedError(executor, task));
}

/** For one of them. */
export function endedError(executor: string, { label }: Pick<Task, 'label'>): ExecutorClosedError {
  return new ExecutorClosedError(
    `${executor} was terminated before ${label} had ended: await its promise first, or close() without a timeout (or with a longer one)`,
  );
}

/** For one that is not. */
export function closedError(executor: string): ExecutorClosedError {
  return new ExecutorClosedError(`${executor} is closed and takes no task: submit before close(), or make a new executor`);
}

export function ranTooLong({ label }: Pick<Task, 'label'>, timeout: number): TaskTimeoutError {
  return new TaskTimeoutError(`${label} ran longer than ${timeout} ms (timeout) and was stopped`);
}

export function waitedTooLong({ label }: Task, queueTimeout: number): TaskTimeoutError {
  return new TaskTimeoutError(`${label} waited longer than ${queueTimeout} ms (queueTimeout) for a thread and was not run`);
}
