/**
 * What a call costs beyond its work, measured through the executor itself: whatever can cross is copied as it is in real calls.
 */
import type { Executor, Fn } from '../index.js';
import type { CrossingTimes } from './measurer.js';
import { percentiles } from './statistics.js';
import { sharedClock } from './timed-call.js';

const FEWEST = 7;
const MOST = 2_000;

export async function crossingTimes(pool: Executor, args: () => readonly unknown[], result: unknown, ms: number): Promise<CrossingTimes> {
  const times = { empty: [] as number[], arguments: [] as number[], result: [] as number[], both: [] as number[] };
  const end = sharedClock() + 4 * ms;
  for (let count = 0; count < FEWEST || (count < MOST && sharedClock() < end); count++) {
    // The first of a kind finds nothing compiled.
    const keep = count > 1;
    for (const [name, fn, given] of [
      ['empty', nothing, []],
      ['arguments', nothing, args()],
      ['result', nothing, [result]],
      ['both', back, [result]],
    ] as const) {
      const took = await roundTrip(pool, fn, given);
      if (keep) times[name].push(took);
    }
  }
  const empty = percentiles(times.empty).p50;
  return {
    empty,
    arguments: Math.max(0, percentiles(times.arguments).p50 - empty),
    result: Math.max(0, percentiles(times.both).p50 - percentiles(times.result).p50),
  };
}

async function roundTrip(pool: Executor, fn: Fn, args: readonly unknown[]): Promise<number> {
  const start = sharedClock();
  await pool.run(fn, ...args);
  return sharedClock() - start;
}

/** Takes whatever it gets. */
function nothing(): void {}

function back(value: unknown): unknown {
  return value;
}
