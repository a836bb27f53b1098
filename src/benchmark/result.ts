/**
 * What a benchmark gives: plain data, which `--json` writes and `--compare` reads. `version` changes when a field is taken away or changes
 * its meaning, never for one that is added.
 */

import type { ScalabilityFit } from './law.js';
import type { Machine } from './machine.js';
import type { Estimate, Percentiles } from './statistics.js';

/** How calls came: so many always under way, or so many a second by themselves. */
export type Load = ClosedLoad | OpenLoad;

/** The next call is made when one has ended. */
export interface ClosedLoad {
  /** The closed loop. */
  readonly kind: 'closed';
  /** Calls under way. */
  readonly concurrency: number;
}

/** Calls arrive by themselves. */
export interface OpenLoad {
  /** The open loop. */
  readonly kind: 'open';
  /** Calls a second. */
  readonly rate: number;
}

/** The plain call, without threads. */
export interface Direct {
  /** ms of a call. */
  readonly latency: Percentiles;
  /** Mean ms of a call. */
  readonly mean: number;
  /** Calls a second. */
  readonly throughput: Estimate;
  /** The share of a call's time that it computes, 0 to 1; the rest it waits. Null where the platform does not tell. */
  readonly computing: number | null;
}

/** What a call on a thread costs beyond its work, ms. */
export interface Crossing {
  /** The round trip of a function that does nothing. */
  readonly empty: number;
  /** Copying the arguments there. */
  readonly arguments: number;
  /** Copying the result back. */
  readonly result: number;
  /** Their sum: a function that takes less is not worth offloading. */
  readonly breakEven: number;
}

/** A pool of one size. */
export interface SizeResult {
  /** `maxThreads` */
  readonly threads: number;
  /** Calls a second. */
  readonly throughput: Estimate;
  /** How many times the plain call's throughput. */
  readonly speedUp: number;
  /** `speedUp` for each thread: 1 is all that can be had of a function that computes. */
  readonly efficiency: number;
  /** ms from the call until its promise settled. */
  readonly latency: Percentiles;
  /** ms of it, until a thread began. */
  readonly waiting: Percentiles;
  /** ms of it, on the thread. */
  readonly running: Percentiles;
  /** How a call's time on the thread was spent, mean ms; null where the platform does not tell. */
  readonly spent: {
    /** On a processor. */
    readonly computing: number;
    /** Ready, while others had the processor. */
    readonly queueing: number;
    /** Waiting for something else: a disk, a child process, a lock. */
    readonly blocked: number;
  } | null;
  /** How late the calling event loop came to its timers, ms: its 99th percentile. */
  readonly loopDelay: number;
  /** Processor time of the calling thread, ms a call; null where the platform does not tell. */
  readonly callerCost: number | null;
  /** Bytes that the pool's threads took. */
  readonly memory: number;
  /** Open loop: calls arrived faster than they could be served. */
  readonly overloaded: boolean;
  /** Calls measured. */
  readonly calls: number;
  /** The raw samples: the throughput of each round, and up to 500 calls of all rounds, as [waiting, running, total] in ms. */
  readonly samples: {
    /** Calls a second, by round. */
    readonly throughput: readonly number[];
    /** [waiting, running, total], ms. */
    readonly calls: readonly (readonly [number, number, number])[];
  };
}

/**
 * `cpu-bound`: it computes, and wants as many threads as processors, at most. `blocking`: it waits, and wants as many threads as calls
 * should wait at once. `mixed`: some of both. `asynchronous`: it gives a promise and mostly waits, which holds nobody up.
 * `not-worth-offloading`: a thread costs more than the function. Both of these are called plainly.
 */
export type Verdict = 'cpu-bound' | 'blocking' | 'mixed' | 'asynchronous' | 'not-worth-offloading';

/** How sure the answer is. */
export interface Confidence {
  /** `high` from 0.9, `medium` from 0.6. */
  readonly level: 'high' | 'medium' | 'low';
  /** Of the answers to the rounds drawn anew (the bootstrap, 400 times), the share that is this one. */
  readonly share: number;
}

/** What to do. */
export interface Answer {
  /** Which kind of function it is. */
  readonly verdict: Verdict;
  /** `maxThreads`; 0: do not offload. */
  readonly threads: number;
  /** Why, in a sentence or two. */
  readonly reason: string;
  /** How sure it is. */
  readonly confidence: Confidence;
  /** The smallest size within 5 % of the highest throughput. */
  readonly throughputKnee: number;
  /** The smallest size within 15 % of the shortest p99. */
  readonly latencyKnee: number;
}

/** What may be wrong with a measurement. */
export type WarningCode =
  | 'interrupted'
  | 'too-short'
  | 'barely-worth-it'
  | 'too-few-samples'
  | 'noisy'
  | 'crowded'
  | 'throttled'
  | 'dropped'
  | 'overloaded'
  | 'still-rising'
  | 'too-few-sizes'
  | 'poor-fit'
  | 'late-caller'
  | 'memory';

/** What makes a number less sure than it looks. */
export interface PoolSizeWarning {
  /** Which of them. */
  readonly code: WarningCode;
  /** What was seen. */
  readonly message: string;
  /** The flag of the command to try next; the option of the same name in a program. */
  readonly next: string;
}

/** Version 1 of the result. */
export interface PoolSizeResult {
  /** Of this format. */
  readonly version: 1;
  /** The function's name. */
  readonly function: string;
  /** When it was measured, as an ISO date. */
  readonly date: string;
  /** What it was measured on. */
  readonly machine: Machine;
  /** What it was measured under. */
  readonly load: Load;
  /** The plain call. */
  readonly direct: Direct;
  /** What a call on a thread costs beyond its work. */
  readonly crossing: Crossing;
  /** One for each size, smallest first. */
  readonly sizes: readonly SizeResult[];
  /** Null where there are fewer than four sizes, and in an open loop. */
  readonly fit: ScalabilityFit | null;
  /** What to do. */
  readonly answer: Answer;
  /** What makes it less sure than it looks. */
  readonly warnings: readonly PoolSizeWarning[];
  /** Rounds that reached every size. */
  readonly rounds: number;
  /** Why measuring ended: intervals were narrow, the time was used up, or it was interrupted. */
  readonly stopped: 'precise' | 'time' | 'interrupted';
  /** ms that it took. */
  readonly took: number;
}
