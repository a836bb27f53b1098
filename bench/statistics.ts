/** Pure: medians, quantiles, ratios. */
import type { Better } from './contest.js';

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** How many times better than the baseline: the median over rounds, each of which compares what was measured a moment apart. */
export function ratio(values: readonly number[], baseline: readonly number[], better: Better): number {
  const pairs = Math.min(values.length, baseline.length);
  const ratios: number[] = [];
  for (let round = 0; round < pairs; round++) {
    const [own, other] = [values[round] as number, baseline[round] as number];
    ratios.push(better === 'lower' ? other / own : own / other);
  }
  return median(ratios);
}
