/**
 * What an executor tells of itself.
 */
export interface ExecutorStats {
  /** `busy` ones run something, or are being ended under something; `max` is the limit. */
  threads: { alive: number; busy: number; idle: number; max: number };
  /** Tasks that no thread has begun. */
  queued: number;
  /** Tasks that a thread has begun, and whose promise has not settled. */
  running: number;
  /** Since the start. */
  completed: number;
  /** Since the start: those that threw, timed out, or lost their thread. */
  failed: number;
  /** Since the start: those that a signal or `terminate()` stopped. */
  cancelled: number;
  /** From the call until a thread began, of what ended in the last minute. */
  waitTime: Summary;
  /** From the beginning to the end, of what ended in the last minute. */
  runTime: Summary;
  /** Busy thread time over available thread time in the last minute, 0 to 1. */
  utilization: number;
}

/** Of times, ms. Count, mean, minimum and maximum are exact, the quantiles right to 3 %; all are 0 where nothing happened. */
export interface Summary {
  count: number;
  mean: number;
  min: number;
  max: number;
  /** Half took at most this. */
  p50: number;
  p90: number;
  p99: number;
}
