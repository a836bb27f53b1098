/**
 * All that can be wrong with a measurement: a closed list. Each ends in what to try next.
 */
import { fits } from './answer.js';
import { count, counted, ms, share } from './figures.js';
import type { PoolSizeResult, PoolSizeWarning, WarningCode } from './result.js';
import { relativeWidth } from './statistics.js';

/** What is looked at: the result so far, and what it does not keep. */
interface Suspect extends Omit<PoolSizeResult, 'warnings'> {
  /** ms */
  readonly throttled: number;
  readonly dropped: number;
  readonly precision: number;
  readonly maxTime: number;
}

/** The list is the order in which they are told. Where the answer is to call plainly, how well pools were measured is no matter. */
export function warningsOn(suspect: Suspect): PoolSizeWarning[] {
  return Object.entries(WARNINGS).flatMap(([code, look]) => {
    const found = look(suspect);
    return found === undefined ? [] : [{ code: code as WarningCode, ...found }];
  });
}

type Look = (suspect: Suspect) => { readonly message: string; readonly next: string } | undefined;

/** Under it, one slow call decides p99. */
const CALLS_FOR_P99 = 100;

/** A call that takes less than so many times what crossing costs is worth offloading, but barely. */
const BARELY = 3;

/** ms: so short a call is measured by clocks, not by work. */
const SHORT = 0.05;

/** The caller's own loop is late by this many ms: what it does for the calls is too much for it. */
const LATE = 20;

/** More of their time than this the threads stood in line for a processor while there were enough for them. */
const CROWDED = 0.2;

const POOR_FIT = 0.9;

const WARNINGS = {
  interrupted: ({ stopped, rounds }) =>
    when(
      stopped === 'interrupted',
      `Interrupted after ${counted(rounds, 'full round')}: the answer is from what there was`,
      '--max-time 10, for a short run that ends by itself',
    ),
  'too-short': ({ direct }) =>
    when(
      direct.latency.p50 < SHORT,
      `A call takes ${ms(direct.latency.p50)}: less than any thread can be reached in`,
      "--eval '() => { … }' that does many such calls at once, as `map` does with its chunks",
    ),
  'barely-worth-it': ({ answer, direct, crossing }) =>
    when(
      answer.threads > 0 && direct.latency.p50 < BARELY * crossing.breakEven,
      `A call takes ${ms(direct.latency.p50)}, and crossing costs ${ms(crossing.breakEven)} of that: worth it only while the event loop must stay free`,
      '--args with the amount of work of your longest calls',
    ),
  'too-few-samples': ({ sizes, maxTime, answer }) => {
    const fewest = Math.min(...sizes.map(({ calls }) => calls));
    return when(
      answer.threads > 0 && fewest < CALLS_FOR_P99,
      `Only ${fewest} calls were measured at one size: its p99 is the slowest of them`,
      `--max-time ${longer(maxTime)}`,
    );
  },
  noisy: ({ sizes, precision, maxTime, stopped, answer }) => {
    const widest = Math.max(...sizes.map(({ throughput }) => relativeWidth(throughput)));
    const width = Number.isFinite(widest)
      ? `known to ${share(widest)} either side only`
      : 'known from one round only, so that nobody knows how much it varies';
    return when(
      answer.threads > 0 && stopped !== 'precise' && widest > precision,
      `The least certain throughput is ${width}`,
      `--max-time ${longer(maxTime)}, on a machine with nothing else to do`,
    );
  },
  crowded: ({ sizes, machine, maxTime, answer }) => {
    const spare = sizes.filter(({ threads }) => threads <= machine.limit / 2 || threads === 1);
    const queued = spare.map(({ spent }) => (spent === null ? 0 : spent.queueing / (spent.computing + spent.queueing + spent.blocked)));
    return when(
      answer.threads > 0 && Math.max(0, ...queued) > CROWDED,
      `Other programs took processor time: even with threads to spare, calls waited ${share(Math.max(0, ...queued))} of their time for a processor`,
      `--max-time ${longer(maxTime)}, once they have ended`,
    );
  },
  throttled: ({ throttled, machine }) =>
    when(
      throttled > 0,
      `The control group's quota held the process back for ${ms(throttled)}: with more threads it is used up sooner, and all stop until the next period`,
      `--threads 1..${Math.max(1, Math.floor(machine.limit))}`,
    ),
  dropped: ({ dropped, answer }) =>
    when(
      answer.threads > 0 && dropped > 0,
      `${count(dropped)} calls were given up while they still waited: small pools look faster to their callers than they are`,
      '--concurrency with the number of calls that you have at once',
    ),
  overloaded: ({ sizes, load }) =>
    when(
      load.kind === 'open' && sizes.every(({ overloaded }) => overloaded),
      `No size kept up with ${load.kind === 'open' ? count(load.rate) : ''} calls a second`,
      `--threads 1..${2 * largest(sizes)}, or a lower --rate`,
    ),
  'still-rising': ({ answer, sizes, load, machine }) =>
    when(
      load.kind === 'closed' &&
        answer.threads === largest(sizes) &&
        (answer.verdict === 'blocking' || answer.threads < Math.floor(machine.limit)),
      `The largest pool that was measured is the best one: a larger one may be better`,
      `--threads 1..${2 * largest(sizes)}`,
    ),
  'too-few-sizes': ({ sizes, load, answer }) =>
    when(
      load.kind === 'closed' && answer.threads > 0 && sizes.length < 4,
      `${sizes.length} ${sizes.length === 1 ? 'size says' : 'sizes say'} nothing of the curve between and beyond: it takes four`,
      `--threads 1..${Math.max(4, largest(sizes))}`,
    ),
  'poor-fit': ({ fit, answer }) =>
    when(
      answer.threads > 0 && fit !== null && fit.rSquared < POOR_FIT,
      `The fitted curve explains only ${share(Math.max(0, fit?.rSquared ?? 0))} of what was measured: do not read it beyond the points`,
      '--threads with more sizes, such as 1..8',
    ),
  'late-caller': ({ sizes, answer }) => {
    const chosen = sizes.find(({ threads }) => threads === answer.threads);
    return when(
      (chosen?.loopDelay ?? 0) > LATE,
      `The calling event loop was up to ${ms(chosen?.loopDelay ?? 0)} late: copying, or as many threads as processors, leave it no time`,
      `--threads ${Math.max(1, answer.threads - 1)}, or --args with less to copy`,
    );
  },
  memory: ({ sizes, machine }) => {
    const tooLarge = sizes.filter(({ threads }) => !fits(threads, sizes, machine)).map(({ threads }) => threads);
    return when(
      tooLarge.length > 0,
      `Pools from ${Math.min(...tooLarge)} threads on take more than half of the memory that this process may use, and were not considered`,
      `--threads 1..${Math.max(1, Math.min(...tooLarge) - 1)}`,
    );
  },
} satisfies Record<WarningCode, Look>;

function when(found: boolean, message: string, next: string): ReturnType<Look> {
  return found ? { message, next } : undefined;
}

function largest(sizes: Suspect['sizes']): number {
  return Math.max(...sizes.map(({ threads }) => threads));
}

/** s, as the flag takes them. */
function longer(maxTime: number): number {
  return Math.ceil((4 * maxTime) / 1_000);
}
