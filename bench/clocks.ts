/**
 * Clocks that a stall or a busy machine does not deceive.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

interface ThreadClock {
  threadCpuUsage?(): { user: number; system: number };
}

/** Processor time that the calling thread has used, µs; undefined where the platform does not tell (`process.cpuUsage` counts all threads). */
export function ownCpuTime(): number | undefined {
  const own = (process as ThreadClock).threadCpuUsage?.();
  if (own !== undefined) return own.user + own.system;
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1_000;
  } catch {
    return undefined;
  }
}

/** What `action` took: wall time in ms, and the calling thread's processor time in µs. */
export async function timed(action: () => Promise<unknown>): Promise<{ ms: number; cpu: number | undefined }> {
  const cpu = ownCpuTime();
  const start = performance.now();
  await action();
  const ms = performance.now() - start;
  const after = ownCpuTime();
  return { ms, cpu: cpu === undefined || after === undefined ? undefined : after - cpu };
}

/** How often `eventLoopDelay` has a timer fire, ms. */
const RESOLUTION = 1;

/** How late the event loop came to its timers while `action` ran, ms. What Node records is the time from one timer to the next. */
export async function eventLoopDelay(action: () => Promise<unknown>): Promise<{ p50: number; p99: number; max: number }> {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION });
  monitor.enable();
  await action();
  monitor.disable();
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
  return { p50: late(monitor.percentile(50)), p99: late(monitor.percentile(99)), max: late(monitor.max) };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
