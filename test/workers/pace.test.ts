import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../workers/pace.js';

vi.mock('../../src/transport/own/own-globals.js', () => import('../setup/own-globals-of-today.js'));

describe('how calls follow each other on a thread', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function oneCall(pace: Pace, ran: number): void {
    pace.started();
    vi.advanceTimersByTime(ran);
    pace.ended();
  }

  it('short calls that follow at once are worth staying awake for', () => {
    const pace = new Pace();
    oneCall(pace, 0);
    pace.entered();
    expect(pace.inARow).toBe(true);
    oneCall(pace, 1);
    expect(pace.inARow).toBe(true);
  });

  it('calls that run for long are not, however soon they follow', () => {
    const pace = new Pace();
    oneCall(pace, 20);
    pace.entered();
    expect(pace.inARow).toBe(true);
    oneCall(pace, 20);
    expect(pace.inARow).toBe(false);
    pace.came();
    oneCall(pace, 20);
    expect(pace.inARow).toBe(false);
  });

  it('a call that comes later begins no row', () => {
    const pace = new Pace();
    oneCall(pace, 0);
    vi.advanceTimersByTime(3);
    pace.entered();
    expect(pace.gap).toBe(3);
    expect(pace.inARow).toBe(false);
  });

  it('the event loop is due after 5 ms without a turn', () => {
    const pace = new Pace();
    pace.entered();
    vi.advanceTimersByTime(5);
    expect(pace.eventsAreDue).toBe(false);
    vi.advanceTimersByTime(1);
    expect(pace.eventsAreDue).toBe(true);
    pace.turned();
    expect(pace.eventsAreDue).toBe(false);
  });
});
