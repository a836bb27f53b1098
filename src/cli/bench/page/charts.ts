/**
 * What the report's charts show: points of each series, from a result. Pure.
 */
import { count, ms, share } from '../../../benchmark/figures.js';
import { throughputAt } from '../../../benchmark/law.js';
import type { PoolSizeResult, SizeResult } from '../../../benchmark/result.js';

export interface Report {
  readonly result: PoolSizeResult;
  readonly before?: PoolSizeResult | undefined;
}

export interface Chart {
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly logarithmic?: boolean;
  /** Size, from, to. */
  readonly whiskers?: readonly (readonly [number, number, number])[];
}

export interface Series {
  readonly label: string;
  /** A variable of the style sheet. */
  readonly color: string;
  readonly points: readonly (readonly [number, number])[];
  readonly line?: boolean;
  readonly dashed?: boolean;
  /** Of its points, in pixels; without, none are drawn. */
  readonly size?: number;
}

/** By the id of the figure. */
export function chartsOf({ result, before }: Report): Record<string, Chart> {
  return {
    throughput: throughput(result, before),
    latency: latency(result),
    efficiency: efficiency(result),
    spent: spent(result),
    samples: samples(result),
  };
}

function throughput({ sizes, fit }: PoolSizeResult, before: PoolSizeResult | undefined): Chart {
  const curve = fit === null ? [] : steps(sizes).map((threads): [number, number] => [threads, throughputAt(fit, threads)]);
  return {
    format: count,
    series: [
      ...(fit === null ? [] : [{ label: 'fitted curve', color: '--curve', points: curve, line: true }]),
      { label: 'rounds', color: '--faint', points: sizes.flatMap((size) => spread(size, size.samples.throughput)), size: 4 },
      ...(before === undefined
        ? []
        : [{ label: 'earlier', color: '--second', points: by(before.sizes, ({ throughput: then }) => then.mean), size: 7 }]),
      { label: 'measured', color: '--accent', points: by(sizes, ({ throughput: now }) => now.mean), size: 9 },
    ],
    whiskers: sizes.flatMap(({ threads, throughput: { mean, within } }) =>
      within === null ? [] : [[threads, Math.max(0, mean - within), mean + within] as const],
    ),
  };
}

function latency({ sizes }: PoolSizeResult): Chart {
  return {
    format: ms,
    series: [
      { label: 'p99', color: '--third', points: by(sizes, (size) => size.latency.p99), line: true, size: 7 },
      { label: 'p90', color: '--second', points: by(sizes, (size) => size.latency.p90), line: true, size: 7 },
      { label: 'p50', color: '--accent', points: by(sizes, (size) => size.latency.p50), line: true, size: 7 },
      { label: 'running, p50', color: '--curve', points: by(sizes, (size) => size.running.p50), line: true, dashed: true },
    ],
  };
}

function efficiency({ sizes }: PoolSizeResult): Chart {
  return {
    format: share,
    series: [
      { label: 'all that can be had', color: '--faint', points: by(sizes, () => 1), line: true, dashed: true },
      { label: 'speed-up for each thread', color: '--accent', points: by(sizes, (size) => size.efficiency), line: true, size: 9 },
    ],
  };
}

/** Stacked, by adding up: each line is the one below it and its own part. */
function spent({ sizes }: PoolSizeResult): Chart {
  const known = sizes.filter((size) => size.spent !== null);
  const upTo = (...parts: ('computing' | 'queueing' | 'blocked')[]) =>
    by(known, (size) => parts.reduce((sum, part) => sum + (size.spent?.[part] ?? 0), 0));
  return {
    format: ms,
    series: [
      { label: '+ blocked', color: '--third', points: upTo('computing', 'queueing', 'blocked'), line: true, size: 7 },
      { label: '+ in line for a processor', color: '--second', points: upTo('computing', 'queueing'), line: true, size: 7 },
      { label: 'computing', color: '--accent', points: upTo('computing'), line: true, size: 7 },
    ],
  };
}

function samples({ sizes }: PoolSizeResult): Chart {
  const total = sizes.flatMap((size) =>
    spread(
      size,
      size.samples.calls.map((call) => Math.max(SHORTEST, call[2])),
    ),
  );
  return { format: ms, logarithmic: true, series: [{ label: 'calls, from call to result', color: '--accent', points: total, size: 3 }] };
}

/** ms: a logarithm has no 0. */
const SHORTEST = 1e-4;

function by(sizes: readonly SizeResult[], value: (size: SizeResult) => number): [number, number][] {
  return sizes.map((size) => [size.threads, value(size)]);
}

/** Side by side around their size, so that none hides another. */
function spread({ threads }: SizeResult, values: readonly number[]): [number, number][] {
  return values.map((value, at) => [threads * (1 + WIDTH * ((at + 1) / (values.length + 1) - 0.5)), value]);
}

/** Of a size. */
const WIDTH = 0.12;

const STEPS = 60;

function steps(sizes: readonly SizeResult[]): number[] {
  const [first, last] = [sizes[0]?.threads ?? 1, sizes.at(-1)?.threads ?? 1];
  return Array.from({ length: STEPS + 1 }, (_, at) => first + ((last - first) * at) / STEPS);
}
