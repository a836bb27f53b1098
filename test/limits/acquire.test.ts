import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from '../../src/limits/concurrency-limit.js';

describe('acquire', () => {
  it('gives a place that a second dispose does not give back again', async () => {
    const limit = new ConcurrencyLimit(2);
    const [place] = [await limit.acquire(), await limit.acquire()];
    place[Symbol.dispose]();
    place[Symbol.dispose]();
    expect(limit.running).toBe(1);
  });

  it('works with using', async () => {
    const limit = new ConcurrencyLimit(1);
    {
      using place = await limit.acquire();
      expect(place).toBeDefined();
      expect(limit.running).toBe(1);
    }
    expect(limit.running).toBe(0);
  });

  it('aborted while waiting, rejects with the reason and takes no place', async () => {
    const limit = new ConcurrencyLimit(1);
    const place = await limit.acquire();
    const controller = new AbortController();
    const aborted = limit.acquire({ signal: controller.signal });
    const behind = limit.acquire();
    controller.abort('enough');
    expect(limit.waiting).toBe(1);
    await expect(aborted).rejects.toBe('enough');
    place[Symbol.dispose]();
    await behind;
    expect([limit.running, limit.waiting]).toEqual([1, 0]);
  });

  it('rejects with the reason of a signal that has aborted before, even when there is room', async () => {
    const limit = new ConcurrencyLimit(1);
    await expect(limit.acquire({ signal: AbortSignal.abort('before') })).rejects.toBe('before');
    expect([limit.running, limit.waiting]).toEqual([0, 0]);
  });

  it('aborted after the place was given, keeps it', async () => {
    const limit = new ConcurrencyLimit(1);
    const first = await limit.acquire();
    const controller = new AbortController();
    const second = limit.acquire({ signal: controller.signal });
    first[Symbol.dispose]();
    controller.abort();
    (await second)[Symbol.dispose]();
    expect(limit.running).toBe(0);
  });

  it('leaves no listener behind, and adds one a signal, however many wait', async () => {
    const limit = new ConcurrencyLimit(1);
    const { signal } = new AbortController();
    const listeners = () => getEventListeners(signal, 'abort').length;
    const first = await limit.acquire({ signal });
    expect(listeners(), 'not waiting').toBe(0);
    const waiting = Array.from({ length: 20 }, () => limit.acquire({ signal }));
    await nextTurn();
    expect(listeners(), 'waiting').toBe(1);
    first[Symbol.dispose]();
    for (const place of waiting) (await place)[Symbol.dispose]();
    expect(listeners(), 'served').toBe(0);
  });

  it('refuses a signal that is none', async () => {
    const limit = new ConcurrencyLimit(1);
    await expect(limit.acquire({ signal: 'abort' as never })).rejects.toThrow(TypeError);
    await expect(limit.acquire({ signal: {} as never })).rejects.toThrow('an AbortSignal is needed, received an object');
    expect(limit.running).toBe(0);
  });
});
