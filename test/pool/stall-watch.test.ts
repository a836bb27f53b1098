import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lane } from '../../src/pool/lane.js';
import { StallWatch } from '../../src/pool/stall-watch.js';
import { epochNow } from '../../src/transport/claims.js';

vi.mock('../../src/transport/own-globals.js', () => import('../setup/own-globals-of-today.js'));

/** A lane whose thread does not start what it was sent now. */
function setUp(head?: unknown, loadsForNobody = false) {
  const lane = {
    state: 'open',
    idle: false,
    inFlight: 1,
    stuck: false,
    movedAt: epochNow(),
    head,
    calls: { loadsForNobody },
    readOutcomes: () => undefined,
  };
  const blocked = vi.fn();
  const stuck = vi.fn();
  const none = () => undefined;
  const work = { lanes: new Set([lane as unknown as Lane]), queue: { size: 0 } };
  const watch = new StallWatch(work, { progressed: none, busy: none, stuck, blocked });
  return { watch, blocked, stuck };
}

describe('a thread that does not start what it was sent', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is ended after 5 s', () => {
    const { watch, blocked } = setUp();
    watch.start(false);
    vi.advanceTimersByTime(4_900);
    expect(blocked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(600);
    expect(blocked).toHaveBeenCalled();
    watch.stop();
  });

  it('is ended after a second where that call was taken back, and what it loads is for nobody', () => {
    const { watch, blocked } = setUp(undefined, true);
    watch.start(false);
    vi.advanceTimersByTime(900);
    expect(blocked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(400);
    expect(blocked).toHaveBeenCalled();
    watch.stop();
  });

  it('has its time anew when the whole process was stopped meanwhile', () => {
    const { watch, blocked } = setUp();
    watch.start(false);
    const { now } = performance;
    let stopped = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + stopped);
    stopped = 60_000;
    vi.advanceTimersByTime(4_900);
    expect(blocked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(blocked).toHaveBeenCalled();
    watch.stop();
  });

  it('has twenty times as long as the call took to be sent, before that goes elsewhere', () => {
    const { watch, blocked, stuck } = setUp({ started: false, task: { spent: 400, expected: 5 } });
    watch.start(false);
    vi.advanceTimersByTime(7_900);
    expect([stuck.mock.calls.length, blocked.mock.calls.length]).toEqual([0, 0]);
    vi.advanceTimersByTime(600);
    expect(blocked).toHaveBeenCalled();
    watch.stop();
  });
});
