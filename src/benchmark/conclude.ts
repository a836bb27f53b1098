/**
 * From what was measured to the result. Pure, but for the date.
 */
import { answerTo } from './answer.js';
import { computingShare, spent } from './kind.js';
import type { Machine } from './machine.js';
import type { DirectSlice, LoadSlice } from './measurer.js';
import type { Plan } from './options.js';
import type { Crossing, Direct, PoolSizeResult, SizeResult } from './result.js';
import type { Measured, MeasuredSize } from './rounds.js';
import { fitScalability } from './scalability.js';
import { estimate, percentiles, thinned } from './statistics.js';
import { warningsOn } from './warnings.js';

/** Raw samples kept of a size: a report draws them, and a result stays small enough to commit. */
const MOST_SAMPLES = 500;

/** @throws Error where measuring was interrupted before any size had its turn. */
export function conclude(measured: Measured, plan: Plan, machine: Machine): PoolSizeResult {
  if (measured.sizes.length === 0)
    throw new Error('Cannot say anything yet: measuring was interrupted before any pool had its turn; let it run longer');
  const direct = directOf(measured.direct);
  const crossing = crossingOf(measured);
  const sizes = measured.sizes.map((size) => sizeOf(size, direct));
  const fit =
    (measured.load.kind === 'closed' &&
      fitScalability(sizes.map(({ threads, throughput }) => ({ threads, throughput: throughput.mean })))) ||
    null;
  const tails = new Map(
    measured.sizes.map(({ threads, slices }) => [threads, slices.map(({ calls }) => percentiles(calls.map(({ total }) => total)).p99)]),
  );
  const asynchronous = measured.direct.some((slice) => slice.asynchronous);
  const answer = answerTo({ direct, asynchronous, crossing, machine, load: measured.load, fit, sizes, tails });
  const slices = measured.sizes.flatMap((size) => size.slices);
  const result = {
    version: 1 as const,
    function: plan.name,
    date: new Date().toISOString(),
    machine,
    load: measured.load,
    direct,
    crossing,
    sizes,
    fit,
    answer,
    rounds: Math.min(...measured.sizes.map((size) => size.slices.length)),
    stopped: measured.stopped,
    took: measured.took,
  };
  const warnings = warningsOn({
    ...result,
    throttled: sum(slices.map(({ throttled }) => throttled)),
    dropped: sum(slices.map(({ dropped }) => dropped)),
    precision: plan.precision,
    maxTime: plan.maxTime,
  });
  return { ...result, warnings };
}

function directOf(slices: readonly DirectSlice[]): Direct {
  const calls = slices.flatMap((slice) => slice.calls);
  const means = slices.map((slice) => sum(slice.calls) / slice.calls.length);
  return {
    latency: percentiles(calls),
    mean: sum(means) / means.length,
    throughput: estimate(means.map((ms) => 1_000 / ms)),
    computing: computingShare(slices) ?? null,
  };
}

function crossingOf({ crossing }: Measured): Crossing {
  return { ...crossing, breakEven: crossing.empty + crossing.arguments + crossing.result };
}

function sizeOf({ threads, memory, slices }: MeasuredSize, direct: Direct): SizeResult {
  const calls = slices.flatMap((slice) => slice.calls);
  const throughputs = slices.map(({ throughput }) => throughput);
  const throughput = estimate(throughputs);
  const speedUp = throughput.mean / direct.throughput.mean;
  return {
    threads,
    throughput,
    speedUp,
    efficiency: speedUp / threads,
    latency: percentiles(calls.map(({ total }) => total)),
    waiting: percentiles(calls.map(({ waiting }) => waiting)),
    running: percentiles(calls.map(({ running }) => running)),
    spent: spentOf(slices),
    loopDelay: percentiles(slices.map(({ loopDelay }) => loopDelay)).p50,
    callerCost: meanOf(slices.map(({ callerCost }) => callerCost)),
    memory,
    // One slice may be bad luck.
    overloaded: slices.filter(({ overloaded }) => overloaded).length > slices.length / 2,
    calls: calls.length,
    samples: {
      throughput: throughputs,
      calls: thinned(calls, MOST_SAMPLES).map(({ waiting, running, total }) => [exact(waiting), exact(running), exact(total)]),
    },
  };
}

/** Of the slices in which threads were looked into, weighted alike. */
function spentOf(slices: readonly LoadSlice[]): SizeResult['spent'] {
  const computing = meanOf(slices.map(({ processor }) => processor?.computing));
  const queueing = meanOf(slices.map(({ processor }) => processor?.queueing));
  const running = meanOf(
    slices.filter(({ calls }) => calls.length > 0).map(({ calls }) => sum(calls.map((call) => call.running)) / calls.length),
  );
  return computing === null || queueing === null || running === null ? null : spent(running, { computing, queueing });
}

/** To the microsecond: what is beyond is noise, and half of the file. */
function exact(ms: number): number {
  return Math.round(1_000 * ms) / 1_000;
}

function meanOf(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : sum(known) / known.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
