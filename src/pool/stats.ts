/**
 * What an executor tells of itself.
 */
export interface ExecutorStats {
  threads: { alive: number; busy: number; idle: number; max: number };
  queued: number;
  running: number;
  /** Since the start. */
  completed: number;
  failed: number;
  cancelled: number;
  /** ms, over the last minute. */
  waitTime: Summary;
  runTime: Summary;
  /** Busy thread time over available thread time in the last minute, 0 to 1. */
  utilization: number;
}

export interface Summary {
  count: number;
  mean: number;
  min: number;
  max: number;
  p50: number;
  p90: number;
  p99: number;
}
