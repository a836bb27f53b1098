/**
 * Whether a call makes its thread load modules, which run code of their own: that may take long, never end, or end the thread, and is
 * to happen to nobody but the call that needs them.
 */
import type { FunctionDescription } from '../../transport/protocol.js';
import type { Task } from '../task/task.js';

/** `known`: descriptions that the thread was sent. */
export function bringsModules({ call }: Task, known: ReadonlySet<number>): boolean {
  for (const { id, description } of call.encoded.descriptions) {
    if (!known.has(id) && isOfModules(description)) return true;
  }
  return false;
}

export function isOfModules({ way }: FunctionDescription): boolean {
  return way === 'reference' || way === 'value' || way === 'object';
}
