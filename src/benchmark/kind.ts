/**
 * Does it compute, or does it wait? By processor time against wall time, not counting the time in which other programs had the processor.
 */
import type { ProcessorTimes } from './measurer.js';

/** Above this share of computing, threads beyond the processors bring nothing; below the other, processors hardly matter. Conventions, not measured. */
export const COMPUTES = 0.75;
export const BLOCKS = 0.4;

interface Timed {
  readonly calls: readonly number[];
  readonly processor: ProcessorTimes | undefined;
}

/** The share of its own time that a call computes, 0 to 1. Undefined where the platform does not tell. */
export function computingShare(slices: readonly Timed[]): number | undefined {
  let [computing, own] = [0, 0];
  for (const { calls, processor } of slices) {
    if (processor === undefined || calls.length === 0) continue;
    const wall = calls.reduce((sum, ms) => sum + ms, 0) / calls.length;
    computing += processor.computing;
    own += Math.max(processor.computing, wall - processor.queueing);
  }
  return own === 0 ? undefined : Math.min(1, computing / own);
}

/** `wall` ms of a call on a thread, taken apart. */
export function spent(wall: number, { computing, queueing }: ProcessorTimes): { computing: number; queueing: number; blocked: number } {
  return { computing, queueing, blocked: Math.max(0, wall - computing - queueing) };
}
