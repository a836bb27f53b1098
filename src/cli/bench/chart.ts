import plot from 'simple-ascii-chart';
import { count } from '../../benchmark/figures.js';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { width } from '../terminal.js';

/** Columns and rows: more would push the answer off the screen. */
const WIDEST = 60;
const HEIGHT = 8;

/** Throughput by size, as bars. Undefined where there is no room, or only one bar. */
export function chart({ sizes }: PoolSizeResult, columns = width()): string | undefined {
  const most = sizes.at(-1)?.threads ?? 1;
  const room = Math.min(WIDEST, columns - MARGIN);
  if (sizes.length < 2 || room < 2 * sizes.length) return undefined;
  const bars = sizes.map(({ threads, throughput }): [number, number] => [threads, throughput.mean]);
  const best = Math.max(...bars.map(([, throughput]) => throughput));
  return plot(bars, {
    mode: 'bar',
    width: room,
    height: HEIGHT,
    yRange: [0, best],
    customXAxisTicks: ticks(
      bars.map(([threads]) => threads),
      most,
      room,
    ),
    customYAxisTicks: [best / 2, best],
    formatter: (value, { axis }) => (axis === 'y' ? count(value) : value),
  })
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}

/** For the numbers at the side. */
const MARGIN = 12;

/** Those that do not run into the one before. */
function ticks(threads: readonly number[], most: number, room: number): number[] {
  const apart = (3 * most) / room;
  return threads.filter((size, at) => at === 0 || size - (threads[at - 1] as number) >= apart || size === most);
}
