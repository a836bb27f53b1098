import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThreadStarts } from '../../../src/pool/threads/thread-starts.js';

vi.mock('../../../src/transport/own/own-globals.js', () => import('../../setup/own-globals-of-today.js'));

describe('threads that many calls ask for at once', () => {
  it('start eight in a turn of the event loop, and the others in the next, as far as they are needed then', async () => {
    let started = 0;
    const start = () => {
      while (started < 20 && starts.mayStart()) started++;
    };
    const starts = new ThreadStarts(start);
    const counts: number[] = [];
    for (start(); started < 20; await new Promise((resolve) => setImmediate(resolve))) counts.push(started);
    expect(counts.slice(0, 2)).toEqual([8, 16]);
  });
});

describe('starts that fail', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are tried again after a pause, then after a longer one, then not', () => {
    const resume = vi.fn();
    const starts = new ThreadStarts(resume);
    expect(starts.failed()).toBe(false);
    expect(starts.paused).toBe(true);
    vi.advanceTimersByTime(10);
    expect([starts.paused, resume.mock.calls.length]).toEqual([false, 1]);
    expect(starts.failed()).toBe(false);
    vi.advanceTimersByTime(99);
    expect(resume).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect(resume).toHaveBeenCalledTimes(2);
    expect(starts.failed()).toBe(true);
    expect(starts.paused).toBe(false);
  });

  it('are counted anew after one that succeeds, and after giving up', () => {
    const starts = new ThreadStarts(() => {});
    starts.failed();
    starts.failed();
    starts.succeeded();
    expect([starts.failed(), starts.failed(), starts.failed()]).toEqual([false, false, true]);
    expect([starts.failed(), starts.failed(), starts.failed()]).toEqual([false, false, true]);
  });

  it('that fail at the same time pause once', () => {
    const resume = vi.fn();
    const starts = new ThreadStarts(resume);
    starts.failed();
    starts.failed();
    vi.advanceTimersByTime(1_000);
    expect(resume).toHaveBeenCalledTimes(1);
  });
});
