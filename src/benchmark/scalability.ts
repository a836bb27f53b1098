/**
 * Fits the law to what was measured, by the method of Levenberg and Marquardt.
 */
import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { curve, type ScalabilityFit } from './law.js';

interface Point {
  readonly threads: number;
  readonly throughput: number;
}

/** Three unknowns take four points; undefined with fewer. */
export function fitScalability(points: readonly Point[]): ScalabilityFit | undefined {
  if (points.length < 4 || points.some(({ throughput }) => throughput <= 0)) return undefined;
  const x = points.map(({ threads }) => threads);
  const y = points.map(({ throughput }) => throughput);
  const fits = STARTS.map((start) => fitFrom(start, x, y));
  const [lambda = 0, sigma = 0, kappa = 0] = fits.reduce((best, fit) => (fit.error < best.error ? fit : best)).parameters;
  return { lambda, sigma, kappa, peak: peakOf(sigma, kappa), rSquared: explained(y, x.map(curve([lambda, sigma, kappa]))) };
}

/**
 * In logarithms, so that each size counts alike, and with σ and κ as what they cost at the largest size, so that all unknowns are of
 * one magnitude: the damping of the method is the same for each.
 */
function fitFrom(start: readonly number[], x: number[], y: readonly number[]): { parameters: number[]; error: number } {
  const most = Math.max(...x);
  const scales = [Math.max(...y.map((throughput, at) => throughput / (x[at] as number))), 1 / (most - 1), 1 / (most * (most - 1))];
  const scaled = (parameters: readonly number[]) => parameters.map((value, at) => value * (scales[at] as number));
  const model = (parameters: number[]) => {
    const throughput = curve(scaled(parameters));
    return (threads: number) => Math.log(throughput(threads));
  };
  const { parameterValues, parameterError } = levenbergMarquardt({ x, y: y.map(Math.log) }, model, {
    initialValues: start,
    minValues: [1e-6, 0, 0],
    maxValues: [10, most - 1, most * (most - 1)],
    gradientDifference: 1e-6,
    damping: 1e-3,
    maxIterations: 300,
    errorTolerance: 1e-14,
  });
  return { parameters: scaled(parameterValues), error: parameterError };
}

/** λ, σ, κ, scaled: from one start alone the method may end in a corner. */
const STARTS = [0.01, 0.5, 5].flatMap((sigma) => [0.001, 0.5, 5].map((kappa) => [1, sigma, kappa]));

/** A κ this small is the fit's way of saying 0: its peak would lie beyond any pool. */
const NO_COHERENCY = 1e-6;

function peakOf(sigma: number, kappa: number): number | null {
  return kappa < NO_COHERENCY ? null : Math.max(1, Math.sqrt((1 - sigma) / kappa));
}

function explained(measured: readonly number[], fitted: readonly number[]): number {
  const average = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  const total = measured.reduce((sum, value) => sum + (value - average) ** 2, 0);
  const left = measured.reduce((sum, value, at) => sum + (value - (fitted[at] as number)) ** 2, 0);
  return total === 0 ? 1 : 1 - left / total;
}
