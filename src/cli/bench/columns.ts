/**
 * The columns of the table, most needed first, and those that a terminal of so many columns has room for.
 */
import { bytes, count, ms, share, times } from '../../benchmark/figures.js';
import type { PoolSizeResult, SizeResult } from '../../benchmark/index.js';

export interface Column {
  readonly head: string;
  readonly of: (size: SizeResult, result: PoolSizeResult) => string;
  /** The widest cell there is, about. */
  readonly room: number;
  /** 1 is needed most. */
  readonly need: number;
}

export function columnsFor(width: number): Column[] {
  const chosen = new Set<Column>();
  let left = width - 1;
  for (const column of [...COLUMNS].sort((a, b) => a.need - b.need)) {
    left -= column.room + EDGES;
    if (left < 0) break;
    chosen.add(column);
  }
  return COLUMNS.filter((column) => chosen.has(column));
}

/** A line and two blanks. */
const EDGES = 3;

/** In the order in which they stand. */
export const COLUMNS: readonly Column[] = [
  { head: 'threads', of: ({ threads }) => String(threads), room: 7, need: 1 },
  { head: 'calls/s', of: ({ throughput }) => count(throughput.mean), room: 7, need: 1 },
  { head: '±', of: ({ throughput }) => (throughput.within === null ? '?' : share(throughput.within / throughput.mean)), room: 5, need: 4 },
  { head: 'speed-up', of: ({ speedUp }) => times(speedUp), room: 8, need: 2 },
  { head: 'efficiency', of: ({ efficiency }) => share(efficiency), room: 10, need: 7 },
  { head: 'waits p50', of: ({ waiting }) => ms(waiting.p50), room: 9, need: 6 },
  { head: 'runs p50', of: ({ running }) => ms(running.p50), room: 8, need: 5 },
  { head: 'p99', of: ({ latency }) => ms(latency.p99), room: 7, need: 3 },
  {
    head: 'computing',
    of: ({ spent }) => (spent === null ? '?' : share(spent.computing / (spent.computing + spent.queueing + spent.blocked || 1))),
    room: 9,
    need: 8,
  },
  { head: 'loop late', of: ({ loopDelay }) => ms(loopDelay), room: 9, need: 9 },
  { head: 'memory', of: ({ memory }) => bytes(memory), room: 8, need: 10 },
];
