import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lane } from '../../../src/pool/lane/lane.js';
import { type IdleOptions, IdleThreads } from '../../../src/pool/threads/idle-threads.js';
import { epochNow } from '../../../src/transport/shared-memory/claims.js';

vi.mock('../../../src/transport/own/own-globals.js', () => import('../../setup/own-globals-of-today.js'));

/** So many idle lanes, last used `ages` ms ago; what is done to them is noted by their number. */
function setUp(ages: readonly number[], options: IdleOptions) {
  const lanes = ages.map((age) => ({ movedAt: epochNow() - age, parked: { size: 0 } }) as Lane);
  const idle = [...lanes];
  const released: number[] = [];
  const retired: number[] = [];
  const threads = new IdleThreads({ lanes: new Set(lanes), idle, queue: { size: 0 } }, options, {
    release: (lane) => void released.push(lanes.indexOf(lane)),
    leave: () => true,
    retire: (lane) => void retired.push(lanes.indexOf(lane)),
  });
  return { threads, lanes, idle, released, retired };
}

describe('threads that have nothing to do', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are given back after a short linger, so that a program can end', () => {
    const { threads, released } = setUp([0, 0], { minThreads: 2, idleTimeout: 30_000 });
    threads.idle();
    expect(released).toEqual([]);
    vi.advanceTimersByTime(25);
    expect(new Set(released)).toEqual(new Set([0, 1]));
  });

  it('end after idleTimeout, the longest idle first, down to minThreads', () => {
    const { threads, retired } = setUp([5, 50, 500], { minThreads: 1, idleTimeout: 1_000 });
    threads.idle();
    vi.advanceTimersByTime(1_010);
    expect(retired).toEqual([2, 1]);
  });

  it('are kept for ever with idleTimeout: Infinity', () => {
    const { threads, retired } = setUp([5, 50], { minThreads: 0, idleTimeout: Number.POSITIVE_INFINITY });
    threads.idle();
    vi.advanceTimersByTime(2 ** 31 - 1);
    expect(retired).toEqual([]);
  });

  it('that were used meanwhile are looked at again later', () => {
    const { threads, lanes, retired } = setUp([0], { minThreads: 0, idleTimeout: 1_000 });
    threads.idle();
    vi.advanceTimersByTime(900);
    (lanes[0] as Lane).movedAt = epochNow();
    vi.advanceTimersByTime(200);
    expect(retired).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(retired).toEqual([0]);
  });

  it('are left alone once the pool is stopped', () => {
    const { threads, released, retired } = setUp([0], { minThreads: 0, idleTimeout: 10 });
    threads.idle();
    threads.stop();
    vi.advanceTimersByTime(1_000);
    expect([released, retired]).toEqual([[], []]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
