import { describe, expect, it, vi } from 'vitest';
import { Bells } from '../../../src/transport/shared-memory/bells.js';

function twoSides(): { caller: Bells; thread: Bells } {
  const words = new Int32Array(new SharedArrayBuffer(4 * Bells.WORDS));
  return { caller: new Bells(words), thread: new Bells(words) };
}

describe('bells', () => {
  it('a calling side that has not said how it waits needs a message', () => {
    expect(twoSides().thread.tell()).toBe(false);
  });

  it('one that looks by itself needs none, until it looks no more', () => {
    const { caller, thread } = twoSides();
    caller.looking = true;
    expect(thread.tell()).toBe(true);
    caller.looking = false;
    expect(thread.tell()).toBe(false);
  });

  it('one that hears the bell is woken by it, once, and needs a message from then on', async () => {
    const { caller, thread } = twoSides();
    const heard = vi.fn();
    caller.hear(heard);
    expect(heard).not.toHaveBeenCalled();
    expect([thread.tell(), thread.tell()]).toEqual([true, true]);
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
    expect(thread.tell()).toBe(false);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('whoever hears it may ask for it again, at once', async () => {
    const { caller, thread } = twoSides();
    let times = 0;
    await new Promise<void>((done) => {
      const heard = (): void => {
        if (++times === 3) done();
        else {
          caller.hear(heard);
          expect(thread.tell()).toBe(true);
        }
      };
      caller.hear(heard);
      thread.tell();
    });
    expect(times).toBe(3);
  });

  it('asked for twice, it wakes once', async () => {
    const { caller, thread } = twoSides();
    const heard = vi.fn();
    caller.hear(heard);
    caller.looking = true;
    caller.looking = false;
    caller.hear(heard);
    thread.tell();
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
    await new Promise(setImmediate);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('whoever looks by itself is not made to wait for the bell', () => {
    const { caller, thread } = twoSides();
    caller.looking = true;
    caller.hear(() => {});
    expect(thread.looking).toBe(true);
  });

  it('a thread that is gone leaves nobody waiting', async () => {
    const { caller } = twoSides();
    await new Promise<void>((heard) => {
      caller.hear(heard);
      caller.silence();
    });
  });

  it('a thread that listens need not be told by a message, and one that sleeps at the door is woken', () => {
    const { caller, thread } = twoSides();
    expect(caller.ring()).toBe(false);
    thread.listening = true;
    const { rings } = thread;
    expect(thread.sleepForRing(rings, 0)).toBe(false);
    expect(caller.ring()).toBe(true);
    expect([thread.sleepForRing(rings, 1_000), thread.spinForRing(rings, 1_000), thread.rings]).toEqual([true, true, rings + 1]);
  });
});
