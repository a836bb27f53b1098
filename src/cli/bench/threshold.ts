/**
 * `--fail-below`: what a pipeline holds a function to.
 */
import { count } from '../../benchmark/figures.js';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { best, type Comparison } from './compare.js';
import type { Threshold } from './flags.js';

/** Undefined: reached. Else what is missing. */
export function missed({ kind, value }: Threshold, result: PoolSizeResult, comparison: Comparison | undefined): string | undefined {
  const now = best(result);
  const least = kind === 'throughput' ? value : value * best(comparison?.before ?? result);
  if (now >= least) return undefined;
  const of = kind === 'share' ? ` (${Math.round(100 * value)}% of ${count(best(comparison?.before ?? result))})` : '';
  return `the best size does ${count(now)} calls a second, fewer than the ${count(least)}${of} that --fail-below asks for`;
}
