/**
 * Which pool size? Measured for a function of your own.
 *
 * @module
 */

// ── Measure ──

export { benchmarkPoolSizes } from './benchmark-pool-sizes.js';
export type { ArgumentsMaker, PoolSizeOptions } from './options.js';
export type { BenchmarkProgress } from './progress.js';

// ── What comes out ──

export { type ScalabilityFit, throughputAt } from './law.js';
export type { Machine } from './machine.js';
export type {
  Answer,
  ClosedLoad,
  Confidence,
  Crossing,
  Direct,
  Load,
  OpenLoad,
  PoolSizeResult,
  PoolSizeWarning,
  SizeResult,
  Verdict,
  WarningCode,
} from './result.js';

export type { Estimate, Percentiles } from './statistics.js';

// ── A measurer of your own: another kind of pool, or a mock ──

export type { CallTimes, CrossingTimes, DirectSlice, LoadSlice, Measurer, ProcessorTimes } from './measurer.js';
