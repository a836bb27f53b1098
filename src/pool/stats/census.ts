/**
 * What the threads do at this moment, for `stats()`.
 */
import type { Lane } from '../lane/lane.js';

export interface Census {
  readonly alive: number;
  /** Threads that run something, or that are being ended. */
  readonly busy: number;
  /** Tasks that run and are not settled: an aborted one may keep its thread busy for a while. */
  readonly running: number;
  /** Tasks that have lent their thread, and are not settled. */
  readonly parked: number;
  /** Of what the threads run, epoch ms. */
  readonly startedAt: readonly number[];
  /** Starts of threads that failed in a row, where no thread is up. */
  readonly failedStarts: number;
}

export function census(lanes: ReadonlySet<Lane>, failedStarts: number): Census {
  const startedAt: number[] = [];
  let busy = 0;
  let running = 0;
  let parked = 0;
  let up = 0;
  for (const lane of lanes) {
    const head = lane.head;
    if (lane.state !== 'starting') up++;
    if (head?.started === true) startedAt.push(head.startedAt);
    if (head?.started === true && head.task.state !== 'settled') running++;
    for (const task of lane.parked.tasks()) if (task.state !== 'settled') parked++;
    if (head !== undefined || lane.state === 'dying') busy++;
  }
  return { alive: lanes.size, busy, running, parked, startedAt, failedStarts: up > 0 ? 0 : failedStarts };
}
