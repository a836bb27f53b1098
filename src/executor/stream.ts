import type { Submit } from './submit.js';
import type { TaskOptions } from './task-options.js';

export function stream(submit: Submit, options: TaskOptions, fn: Function, args: readonly unknown[]): AsyncIterableIterator<unknown> {
  throw new Error('pending');
}
