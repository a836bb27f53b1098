/**
 * Where more threads stop paying: the smallest size that is about as good as the best.
 */

/** What decides between sizes. */
export interface Candidate {
  readonly threads: number;
  /** Calls a second. */
  readonly throughput: number;
  /** ms, p99 from call to result. */
  readonly latency: number;
}

/** Within this share of the best counts as the best: what is left would cost a thread and its memory each. A convention. */
const NEAR = 0.05;

/** The tail is known less well than the mean. */
const NEAR_TAIL = 0.15;

/** The smallest size with nearly the highest throughput. Undefined without candidates. */
export function throughputKnee(candidates: readonly Candidate[]): number | undefined {
  const best = Math.max(...candidates.map(({ throughput }) => throughput));
  return smallest(candidates.filter(({ throughput }) => throughput >= (1 - NEAR) * best));
}

/** The smallest size with nearly the shortest p99. */
export function latencyKnee(candidates: readonly Candidate[]): number | undefined {
  const best = Math.min(...candidates.map(({ latency }) => latency));
  return smallest(candidates.filter(({ latency }) => latency <= (1 + NEAR_TAIL) * best));
}

function smallest(candidates: readonly Candidate[]): number | undefined {
  return candidates.length === 0 ? undefined : Math.min(...candidates.map(({ threads }) => threads));
}
