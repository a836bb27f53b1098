/**
 * Pure: percentiles, means with their intervals of confidence, resampling.
 */
import { mean, quantileSorted, sampleStandardDeviation } from 'simple-statistics';

/** Of times, ms. */
export interface Percentiles {
  /** Half took at most this. */
  readonly p50: number;
  /** Nine of ten took at most this. */
  readonly p90: number;
  /** All but one of a hundred took at most this. */
  readonly p99: number;
}

/** A mean over rounds, and how sure it is. */
export interface Estimate {
  /** Over rounds. */
  readonly mean: number;
  /** Half the width of the 95 % interval of confidence around it; null after a single round. */
  readonly within: number | null;
  /** Rounds. */
  readonly count: number;
}

export function percentiles(values: readonly number[]): Percentiles {
  if (values.length === 0) return { p50: 0, p90: 0, p99: 0 };
  const sorted = Float64Array.from(values).sort() as unknown as number[];
  return { p50: quantileSorted(sorted, 0.5), p90: quantileSorted(sorted, 0.9), p99: quantileSorted(sorted, 0.99) };
}

/** Student's interval, for the rounds are few. */
export function estimate(values: readonly number[]): Estimate {
  const count = values.length;
  if (count === 0) return { mean: 0, within: null, count };
  const average = mean([...values]);
  if (count === 1) return { mean: average, within: null, count };
  return { mean: average, within: (student(count - 1) * sampleStandardDeviation([...values])) / Math.sqrt(count), count };
}

/** 0.05: the interval reaches 5 % to either side. Infinity: nothing is known of it. */
export function relativeWidth({ mean: average, within }: Estimate): number {
  return within === null || average === 0 ? Number.POSITIVE_INFINITY : within / average;
}

/** At most `most` of the values, spread evenly over them. */
export function thinned<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, at) => values[Math.floor((at * values.length) / most)] as T);
}

/** `count` numbers below `count`, drawn with replacement: the rounds of one resample. The seed makes an answer repeatable. */
export function resamples(count: number, times: number): number[][] {
  const next = generator(20_08);
  return Array.from({ length: times }, () => Array.from({ length: count }, () => Math.floor(next() * count)));
}

/** Mulberry32, by Tommy Ettinger (public domain): small, and even enough for drawing rounds. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function student(freedom: number): number {
  return STUDENT[Math.min(freedom, STUDENT.length) - 1] as number;
}

/** The 97.5 % points of Student's t for 1 to 30 degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.2); beyond, the normal one is near enough. */
const STUDENT: readonly number[] = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042, 1.96,
];
