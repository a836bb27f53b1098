/**
 * What runs on the measured threads in place of the function: the function, between two looks at the clock.
 */
import { readFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import type { Fn } from '../index.js';

/** What came back of a call. Times are of a clock that all threads of a process share, ms. */
export interface TimedCall {
  readonly result: unknown;
  readonly thread: number;
  readonly began: number;
  readonly ended: number;
  /** ms on a processor, and ms ready for one; undefined unless asked for, and where the platform does not tell. */
  readonly computing: number | undefined;
  readonly queueing: number | undefined;
}

/** `process.threadCpuUsage` came with Node 23.9. */
interface NodeProcess {
  readonly threadCpuUsage?: () => { readonly user: number; readonly system: number };
}

/** `looks`: into the thread's processor time as well, which costs up to 30 µs a call. */
export function timed(fn: Fn): (looks: boolean, ...args: unknown[]) => Promise<TimedCall> {
  return async (looks, ...args) => {
    const before = looks ? threadTimes() : undefined;
    const began = sharedClock();
    const result = await fn(...args);
    const ended = sharedClock();
    const after = looks ? threadTimes() : undefined;
    const computing = before && after && after.computing - before.computing;
    const queueing = before && after && after.queueing - before.queueing;
    return { result, thread: threadId, began, ended, computing, queueing };
  };
}

/** ms. `performance.now()` begins anew in every thread. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** ms of the calling thread since its start, on a processor and ready for one: the kernel's own count on Linux. */
export function threadTimes(): { computing: number; queueing: number } | undefined {
  try {
    const [onProcessor, ready] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ').map(Number);
    if (onProcessor !== undefined && onProcessor > 0 && ready !== undefined) return { computing: onProcessor / 1e6, queueing: ready / 1e6 };
  } catch {
    // Not Linux, or /proc is not there.
  }
  const usage = (process as NodeProcess).threadCpuUsage?.();
  return usage && { computing: (usage.user + usage.system) / 1e3, queueing: 0 };
}
