/**
 * An open loop: calls arrive by themselves, whether earlier ones have ended or not. The gaps between them are those of independent
 * callers (exponential), and a call's wait counts from its arrival, so that a pool that falls behind cannot hide it.
 */
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import type { LoadRecord } from './load-record.js';
import type { LoadSlice } from './measurer.js';
import { sharedClock } from './timed-call.js';

/** Calls under way beyond which a pool has lost: waiting for the rest would only take time. */
const MOST_UNDER_WAY = 10_000;

/** A pool that still works on this share of a slice's arrivals when they have ended cannot keep up. */
const LEFT_OVER = 0.25;

export async function openLoop(record: LoadRecord, rate: number, ms: number, signal: AbortSignal): Promise<LoadSlice> {
  const run = record.run.with({ queueTimeout: ms });
  const underWay = new Set<Promise<void>>();
  const end = record.start + ms;
  let arrival = record.start + gap(rate);
  let arrivals = 0;
  while (arrival < end && underWay.size < MOST_UNDER_WAY && !signal.aborted && record.failure === undefined) {
    const early = arrival - sharedClock();
    if (early > 0) {
      await pause(early, undefined, { signal }).catch(() => {});
      continue;
    }
    arrivals++;
    const call: Promise<void> = record
      .make(run, arrival)
      .catch(() => {})
      .finally(() => underWay.delete(call));
    underWay.add(call);
    arrival += gap(rate);
    // At a high rate the next one is always due: results have to come in between.
    if (arrivals % AT_ONCE === 0) await breathe();
  }
  const late = underWay.size;
  await Promise.all(underWay);
  if (record.failure !== undefined) throw record.failure.error;
  return record.end({ over: ms, overloaded: late > MOST_WAITING && late > LEFT_OVER * arrivals });
}

const AT_ONCE = 32;

/** Fewer say nothing: they may just have arrived. */
const MOST_WAITING = 4;

function gap(rate: number): number {
  return (-Math.log(1 - Math.random()) * 1_000) / rate;
}
