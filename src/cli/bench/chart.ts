import plot from 'simple-ascii-chart';
import { count } from '../../benchmark/figures.js';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { width } from '../terminal.js';

/** Columns and rows: more would push the answer off the screen. */
const WIDEST = 60;
const HEIGHT = 8;
/** Two digits, and a blank. */
const LEAST_APART = 3;

/** Throughput by size, as bars. Undefined where there is no room, or only one bar. */
export function chart({ sizes }: PoolSizeResult, columns = width()): string | undefined {
  const room = Math.min(WIDEST, columns - MARGIN);
  if (sizes.length < 2 || room < LEAST_APART * sizes.length) return undefined;
  // Each size as far from the next, as they were chosen: on a scale of threads, the small ones would run into each other.
  const bars = sizes.map(({ throughput }, at): [number, number] => [at, throughput.mean]);
  const best = Math.max(...bars.map(([, throughput]) => throughput));
  return plot(bars, {
    mode: 'bar',
    width: room,
    height: HEIGHT,
    yRange: [0, best],
    customXAxisTicks: bars.map(([at]) => at),
    customYAxisTicks: [best / 2, best],
    formatter: (value, { axis }) => (axis === 'y' ? count(value) : (sizes[value]?.threads ?? '')),
  })
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}

/** For the numbers at the side. */
const MARGIN = 12;
