/**
 * What a call weighs in a message. Many calls go in one to save time; that of a long text is no more than its copy's, and a message of hundreds of them would be
 * made in memory that the system has to find first.
 */
import type { Call } from '../../transport/calls/call.js';
import { isWritten } from '../../transport/values/is-written.js';

/** Bytes, as far as they can be told at once: of texts, and of what was written while it waited. */
export function weightOf({ encoded: { payload }, args }: Call): number {
  if (payload !== undefined) return isWritten(payload) ? payload.byteLength : 0;
  let weight = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (typeof arg === 'string') weight += arg.length;
  }
  return weight;
}

/** For all calls of a message but its first. A guess. */
export const MOST_WEIGHT = 256 * 1024;
