import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StallWatch } from '../../../src/pool/dispatch/stall-watch.js';
import type { Lane } from '../../../src/pool/lane/lane.js';
import { epochNow } from '../../../src/transport/shared-memory/claims.js';

vi.mock('../../../src/transport/own/own-globals.js', () => import('../../setup/own-globals-of-today.js'));

/** A lane whose thread does not start what it was sent now. */
function setUp(head?: unknown, { loadsForNobody = false, queued = 0 } = {}) {
  const lane = {
    state: 'open',
    idle: false,
    inFlight: 1,
    stuck: false,
    movedAt: epochNow(),
    head,
    calls: { head: 0, loadsForNobody },
    // Something has moved.
    readOutcomes: () => void lane.calls.head++,
  };
  const blocked = vi.fn();
  const stuck = vi.fn();
  const none = () => undefined;
  const looked = vi.fn();
  const work = { lanes: new Set([lane as unknown as Lane]), queue: { size: queued } };
  const watch = new StallWatch(work, { progressed: looked, busy: none, stuck, blocked });
  return { watch, blocked, stuck, looked };
}

describe('a thread that does not start what it was sent', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is ended after 5 s', () => {
    const { watch, blocked } = setUp();
    watch.start();
    vi.advanceTimersByTime(4_900);
    expect(blocked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(600);
    expect(blocked).toHaveBeenCalled();
    watch.stop();
  });

  it('is ended after a second where that call was taken back, and what it loads is for nobody', () => {
    const { watch, blocked } = setUp(undefined, { loadsForNobody: true });
    watch.start();
    vi.advanceTimersByTime(900);
    expect(blocked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(400);
    expect(blocked).toHaveBeenCalled();
    watch.stop();
  });

  it('has its time anew when the whole process was stopped meanwhile', () => {
    const { watch, blocked } = setUp();
    watch.start();
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
    watch.start();
    vi.advanceTimersByTime(7_900);
    expect([stuck.mock.calls.length, blocked.mock.calls.length]).toEqual([0, 0]);
    vi.advanceTimersByTime(600);
    expect(blocked).toHaveBeenCalled();
    watch.stop();
  });
});

describe('a running call that others wait for', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['is looked at after 1 ms, where it was expected to be shorter', 0.02, 1],
    ['is looked at after 4 ms, where it was expected to take one', 1, 4],
    ['is left alone until it has taken twice as long as was expected', 20, 40],
  ])('%s', (_, expected, after) => {
    const { watch, looked, stuck } = setUp({ started: true, startedAt: epochNow(), task: { spent: 0, expected } }, { queued: 5 });
    watch.goOn();
    vi.advanceTimersByTime(after - 1);
    expect(looked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect([looked.mock.calls.length > 0, stuck.mock.calls.length]).toEqual([true, 1]);
    watch.stop();
  });

  it('is left alone for longer where nothing waits', () => {
    const { watch, looked } = setUp({ started: true, startedAt: epochNow(), task: { spent: 0, expected: 0.02 } });
    watch.start();
    watch.goOn();
    vi.advanceTimersByTime(240);
    expect(looked).not.toHaveBeenCalled();
    watch.stop();
  });
});
