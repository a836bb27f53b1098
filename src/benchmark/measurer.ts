/**
 * What is measured, and by whom: the rounds ask for slices of time, a measurer fills them. The live one runs the function;
 * a mock answers at once from a formula, so that everything above it can be tested exactly.
 */
import type { Machine } from './machine.js';
import type { Load } from './result.js';

/** One call through a pool, ms. */
export interface CallTimes {
  /** From the call until a thread began. */
  readonly waiting: number;
  /** On the thread, from beginning to end. */
  readonly running: number;
  /** From the call until its promise settled: the way back is in it. */
  readonly total: number;
}

/** Where a call's running time went, ms a call. Undefined where the platform does not tell. */
export interface ProcessorTimes {
  /** On a processor. */
  readonly computing: number;
  /** Ready to compute, while others had the processor. */
  readonly queueing: number;
}

/** The function called plainly, on the calling thread, for a while. */
export interface DirectSlice {
  /** ms of each call. */
  readonly calls: readonly number[];
  /** Of the calling thread. */
  readonly processor: ProcessorTimes | undefined;
  /** The function gave a promise. */
  readonly asynchronous: boolean;
}

/** The function called through a pool of one size, under the load, for a while. */
export interface LoadSlice {
  /** Calls a second. */
  readonly throughput: number;
  /** Those that were served. */
  readonly calls: readonly CallTimes[];
  /** Of the threads, in the calls that were looked into. */
  readonly processor: ProcessorTimes | undefined;
  /** Processor time of the calling thread, ms a call. */
  readonly callerCost: number | undefined;
  /** How late the calling event loop came to its timers, ms: its 99th percentile. */
  readonly loopDelay: number;
  /** ms for which the operating system held the process back (cgroup quota). */
  readonly throttled: number;
  /** Open loop only: arrivals came faster than this size could serve. */
  readonly overloaded: boolean;
  /** Calls that were given up because they still waited long after the slice had ended. */
  readonly dropped: number;
}

/** What a call costs beyond its work, ms. */
export interface CrossingTimes {
  /** The round trip of a function that does nothing. */
  readonly empty: number;
  /** Copying the arguments there. */
  readonly arguments: number;
  /** Copying the result back. */
  readonly result: number;
}

/** Answers for one function, its arguments and one load. */
export interface Measurer {
  /** What it measures on. */
  readonly machine: Machine;
  /** ms; a mock moves it on by itself. */
  now(): number;
  /** Calls the function here, at least once. */
  direct(ms: number): Promise<DirectSlice>;
  /** Starts a pool and warms it up for `ms`. Resolves with the memory that its threads took, bytes. */
  open(size: number, ms: number): Promise<number>;
  /** On the smallest pool that is open. */
  crossing(ms: number): Promise<CrossingTimes>;
  /** Ends early when the signal aborts, with what there is. */
  load(size: number, ms: number, load: Load, signal: AbortSignal): Promise<LoadSlice>;
  /** Ends its pools. */
  close(): Promise<void>;
}
