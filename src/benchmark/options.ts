/**
 * What a benchmark may be told, checked once and filled in.
 */
import { inspect } from 'node:util';
import type { ExecutorOptions, Fn } from '../index.js';
import type { Measurer } from './measurer.js';
import type { BenchmarkProgress } from './progress.js';
import type { Load } from './result.js';

/** Makes the arguments of one call: for functions that change or take over what they get. */
export type ArgumentsMaker<F extends Fn = Fn> = (call: number) => Parameters<F>;

/** How `benchmarkPoolSizes` measures. */
export interface PoolSizeOptions {
  /** Pool sizes to measure. Default: 1 to twice the processors that this process may use; for a function that blocks, 1 to 32. */
  readonly threads?: readonly number[] | undefined;
  /** Calls that are always under way (closed loop). Default: as many as the largest pool has threads, the same for every size. */
  readonly concurrency?: number | undefined;
  /** Calls a second that arrive by themselves, at random moments, as requests do (open loop). In place of `concurrency`. */
  readonly rate?: number | undefined;
  /** The longest time to measure for, ms; every size is measured once even so. Default 30,000. */
  readonly maxTime?: number | undefined;
  /** Measuring ends once each size's throughput is known this well: 0.05 is 5 % to either side, with 95 % confidence. Default 0.05. */
  readonly precision?: number | undefined;
  /** What the function is called in the result. Default: its name. */
  readonly name?: string | undefined;
  /** Options of the measured executors, such as their `initializer`. */
  readonly executor?: Omit<ExecutorOptions, 'maxThreads' | 'minThreads' | 'maxQueue'> | undefined;
  /** Ends measuring; the result is made of what there is. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each slice of measuring. */
  readonly onProgress?: ((progress: BenchmarkProgress) => void) | undefined;
  /** Who measures. Default: real pools. */
  readonly measurer?: Measurer | undefined;
}

/** The options, filled in. */
export interface Plan {
  readonly name: string;
  readonly threads: readonly number[] | undefined;
  readonly load: Load | undefined;
  readonly maxTime: number;
  readonly precision: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BenchmarkProgress) => void;
}

/** ms: an answer in half a minute. */
const MAX_TIME = 30_000;
const PRECISION = 0.05;
const OPTIONS: ReadonlySet<string> = new Set<keyof PoolSizeOptions>([
  'threads',
  'concurrency',
  'rate',
  'maxTime',
  'precision',
  'executor',
  'name',
  'signal',
  'onProgress',
  'measurer',
]);

/** @throws TypeError and RangeError for what cannot be measured. */
export function planned(fn: Fn, args: unknown, options: PoolSizeOptions): Plan {
  if (typeof fn !== 'function') throw new TypeError(`Cannot measure what is not a function: received ${inspect(fn)}`);
  if (!Array.isArray(args) && typeof args !== 'function')
    throw new TypeError(
      `Cannot measure ${fn.name || 'a function'} with these arguments: an array is needed, or a function that makes one, received ${inspect(args)}`,
    );
  const { threads, concurrency, rate, maxTime = MAX_TIME, precision = PRECISION, name } = options;
  const [unknown] = Object.keys(options).filter((option) => !OPTIONS.has(option));
  if (unknown !== undefined) throw new TypeError(`Cannot measure with an option ${unknown}: there are ${[...OPTIONS].join(', ')}`);
  if (threads !== undefined) checkSizes(threads);
  if (concurrency !== undefined) check('concurrency', concurrency, 'a whole number from 1', isCount(concurrency));
  if (rate !== undefined) check('rate', rate, 'calls a second, above 0', rate > 0 && Number.isFinite(rate));
  if (rate !== undefined && concurrency !== undefined) {
    throw new TypeError(
      'Cannot measure at a rate and with a concurrency at once: calls either arrive by themselves, or as others end; give one of the two',
    );
  }
  check('maxTime', maxTime, 'milliseconds above 0', maxTime > 0);
  check('precision', precision, 'a share above 0 and below 1', precision > 0 && precision < 1);
  return {
    name: name ?? (fn.name || 'the function'),
    threads: threads && [...new Set(threads)].sort((a, b) => a - b),
    load: loadOf(concurrency, rate),
    maxTime,
    precision,
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => {}),
  };
}

function loadOf(concurrency: number | undefined, rate: number | undefined): Load | undefined {
  if (rate !== undefined) return { kind: 'open', rate };
  return concurrency === undefined ? undefined : { kind: 'closed', concurrency };
}

function checkSizes(threads: readonly number[]): void {
  const fine = Array.isArray(threads) && threads.length > 0 && threads.every((size) => isCount(size) && size <= MOST_THREADS);
  check('threads', threads, `a list of whole numbers from 1 to ${MOST_THREADS}`, fine);
}

/** A thread takes 5 MiB and more: a list beyond this is a typing error. */
const MOST_THREADS = 1_024;

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function check(option: string, value: unknown, takes: string, fine: boolean): void {
  if (fine) return;
  const error = typeof value === 'number' || Array.isArray(value) ? RangeError : TypeError;
  throw new error(`Cannot measure with this ${option}: it takes ${takes}, received ${inspect(value)}`);
}
