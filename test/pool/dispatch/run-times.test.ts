import { describe, expect, it } from 'vitest';
import { RunTimes } from '../../../src/pool/dispatch/run-times.js';

describe('run times', () => {
  it('of a function that was never seen to end are unknown', () => {
    expect(new RunTimes().expected(1)).toBeUndefined();
  });

  it('are those of the first run after the first run', () => {
    const times = new RunTimes();
    times.record(1, 8);
    expect(times.expected(1)).toBeCloseTo(8, 1);
    expect(times.expected(2)).toBeUndefined();
  });

  it('follow a change within a few runs, and forget one that stands out', () => {
    const times = new RunTimes();
    times.record(1, 100);
    for (let i = 0; i < 20; i++) times.record(1, 1);
    expect(times.expected(1)).toBeLessThan(3);
    times.record(1, 10);
    expect(times.expected(1)).toBeLessThan(5);
  });

  it('are never nothing: a call costs something even where the clock sees nothing', () => {
    const times = new RunTimes();
    times.record(1, 0);
    expect(times.expected(1)).toBeGreaterThan(0);
  });

  it('of functions without end do not fill the memory', () => {
    const times = new RunTimes();
    for (let site = 0; site < 30_000; site++) times.record(site, 1);
    let known = 0;
    for (let site = 0; site < 30_000; site++) if (times.expected(site) !== undefined) known++;
    expect(known).toBeLessThanOrEqual(10_000);
    expect(times.expected(29_999)).toBeDefined();
  });
});
