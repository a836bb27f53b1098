/**
 * What an executor tells of itself.
 */
export interface ExecutorStats {
  /** Of this moment. */
  threads: {
    /** That were started and have not ended. */
    alive: number;
    /** That run something, or are being ended under something. */
    busy: number;
    /** That wait for work. */
    idle: number;
    /** The limit: `maxThreads`. */
    max: number;
    /** Starts that failed in a row, while there is no other thread: until one holds, no task runs. */
    failedStarts?: number | undefined;
  };
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
  /**
   * Since the start, by function, the greatest loss first; the 100 with most at stake. Empty without threads; absent on an executor
   * of another library that keeps none.
   */
  functions?: FunctionLedger[];
}

/** What offloading one function has brought the calling thread, ms since the start. Of an asynchronous function the run time counts its waits, too. */
export interface FunctionLedger {
  /** The function's, or its place if it has none; functions of one name are one row. */
  name: string;
  /** That have ended. */
  calls: number;
  /** Run time on threads. */
  saved: number;
  /** Time of the calling thread: reading what the function captures, copying, sending, and what results take to come back. */
  spent: number;
  /** `saved` less `spent`. */
  net: number;
  /** What to do, where calls cost more than they save. */
  advice?: string;
}

/** Of times, ms. Count, mean, minimum and maximum are exact, the quantiles right to 3 %; all are 0 where nothing happened. */
export interface Summary {
  /** How many there were. */
  count: number;
  /** The sum over the count. */
  mean: number;
  /** The shortest. */
  min: number;
  /** The longest. */
  max: number;
  /** Half took at most this. */
  p50: number;
  /** Nine of ten took at most this. */
  p90: number;
  /** All but one of a hundred took at most this. */
  p99: number;
}
