import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from '../../src/limits/concurrency-limit.js';
import { Gate } from './gate.js';

describe('ConcurrencyLimit', () => {
  it('starts calls in the order of asking, and none before run has returned', async () => {
    const limit = new ConcurrencyLimit(1);
    const order: string[] = [];
    const place = await limit.acquire();
    const all = [limit.run(() => order.push('waited')), limit.acquire().then(() => order.push('waited too'))];
    limit.limit = 4;
    all.push(limit.run(() => order.push('found room')));
    order.push('asked');
    await Promise.all(all);
    expect(order).toEqual(['asked', 'waited', 'waited too', 'found room']);
    place[Symbol.dispose]();
  });

  it('never runs more than its limit, over several functions', async () => {
    const limit = new ConcurrencyLimit(3);
    const gate = new Gate();
    const f1 = limit.wrap((n: number) => gate.pass(`f1 ${n}`));
    const f2 = limit.wrap((n: number) => gate.pass(`f2 ${n}`));
    const all = Promise.all([0, 1, 2, 3].map((n) => f1(n).then(() => f2(n))));
    await nextTurn();

    expect(gate.inside).toEqual(['f1 0', 'f1 1', 'f1 2']);
    expect([limit.running, limit.waiting]).toEqual([3, 1]);
    await gate.open('f1 1');
    expect(gate.inside).toEqual(['f1 0', 'f1 2', 'f1 3']);
    await gate.open('f1 0');
    expect(gate.inside, 'f2 1 asked before f2 0').toEqual(['f1 2', 'f1 3', 'f2 1']);
    await gate.openAll();
    await all;
    expect([limit.running, limit.waiting]).toEqual([0, 0]);
  });

  it('serves a waiting call before one that comes just as a place comes free', async () => {
    const limit = new ConcurrencyLimit(1);
    const order: string[] = [];
    const place = await limit.acquire();
    const waiting = limit.run(() => order.push('waited'));
    place[Symbol.dispose]();
    const late = limit.run(() => order.push('late'));
    await Promise.all([waiting, late]);
    expect(order).toEqual(['waited', 'late']);
  });

  it('resolves with what the function returns, and passes the arguments on', async () => {
    const limit = new ConcurrencyLimit(2);
    await expect(limit.run(Math.max, 1, 3, 2)).resolves.toBe(3);
    await expect(limit.run(async (a: string, b: string) => a + b, 'a', 'b')).resolves.toBe('ab');
  });

  describe('gives the place back', () => {
    const failure = new Error('deliberate');
    const endings: Record<string, () => unknown> = {
      'when a sync function returns': () => 1,
      'when a sync function throws': () => {
        throw failure;
      },
      'when an async function resolves': async () => nextTurn(),
      'when an async function rejects': async () => {
        await nextTurn();
        throw failure;
      },
      'when it throws undefined': () => {
        throw undefined;
      },
      // biome-ignore lint/suspicious/noThenProperty: what a thenable does is the test
      'when a thenable rejects': () => ({ then: (_: unknown, reject: (error: unknown) => void) => reject(failure) }),
      'when reading `then` throws': () => ({
        // biome-ignore lint/suspicious/noThenProperty: as above
        get then() {
          throw failure;
        },
      }),
      'when what should run is no function': undefined as unknown as () => void,
    };
    it.each(Object.entries(endings))('%s', async (_, fn) => {
      const limit = new ConcurrencyLimit(1);
      await limit.run(fn).catch(() => {});
      expect(limit.running).toBe(0);
      await expect(limit.run(() => 'free')).resolves.toBe('free');
    });
  });

  describe('limit', () => {
    it('raised, lets waiting calls in at once', async () => {
      const limit = new ConcurrencyLimit(1);
      const gate = new Gate();
      for (const name of ['a', 'b', 'c', 'd']) void limit.run(() => gate.pass(name));
      limit.limit = 3;
      expect([limit.limit, limit.running, limit.waiting]).toEqual([3, 3, 1]);
      await nextTurn();
      expect(gate.inside).toEqual(['a', 'b', 'c']);
    });

    it('lowered, interrupts nobody, and lets nobody in until there is room again', async () => {
      const limit = new ConcurrencyLimit(3);
      const gate = new Gate();
      for (const name of ['a', 'b', 'c', 'd']) void limit.run(() => gate.pass(name));
      await nextTurn();
      limit.limit = 1;
      await gate.open('a');
      await gate.open('b');
      expect(gate.inside).toEqual(['c']);
      await gate.open('c');
      expect(gate.inside).toEqual(['d']);
    });

    it('may be Infinity', () => {
      const limit = new ConcurrencyLimit(Infinity);
      for (let i = 0; i < 100; i++) void limit.run(nextTurn);
      expect([limit.running, limit.waiting]).toEqual([100, 0]);
    });

    const wrong: [unknown, ErrorConstructor, string][] = [
      [0, RangeError, 'received 0'],
      [-1, RangeError, 'received -1'],
      [1.5, RangeError, 'received 1.5'],
      [NaN, RangeError, 'received NaN'],
      [-Infinity, RangeError, 'received -Infinity'],
      ['3', TypeError, 'received the string "3"'],
      [3n, TypeError, 'received a bigint'],
      [undefined, TypeError, 'received undefined'],
      [null, TypeError, 'received null'],
      [{ limit: 3 }, TypeError, 'received an object'],
    ];
    it.each(wrong)('refuses %o, saying what it takes and what came', (value, kind, received) => {
      const limit = new ConcurrencyLimit(2);
      for (const attempt of [() => new ConcurrencyLimit(value as number), () => (limit.limit = value as number)]) {
        expect(attempt).toThrow(kind);
        expect(attempt).toThrow(`a whole number from 1 up, or Infinity, is needed, ${received}`);
      }
      expect(limit.limit).toBe(2);
    });
  });

  it('holds a million waiting calls, and lets a whole signal of them go, at a constant price each', async () => {
    const limit = new ConcurrencyLimit(1);
    const place = await limit.acquire();
    const controller = new AbortController();
    let aborted = 0;
    let served = 0;
    const n = 500_000;
    const all = Array.from({ length: 2 * n }, (_, i) =>
      i % 2 ? limit.run(() => void served++) : limit.acquire({ signal: controller.signal }).then(undefined, () => void aborted++),
    );
    expect(limit.waiting).toBe(2 * n);
    controller.abort();
    place[Symbol.dispose]();
    await Promise.all(all);
    expect([aborted, served, limit.running, limit.waiting]).toEqual([n, n, 0, 0]);
  }, 120_000);

  describe('a call under the limit that starts another under it', () => {
    it('waits for ever if it awaits that one inside, unless a signal bounds the wait', async () => {
      const limit = new ConcurrencyLimit(1);
      const reason = new Error('waited too long');
      const controller = new AbortController();
      const nested = limit.run(async () => limit.acquire({ signal: controller.signal }));
      await nextTurn();
      expect([limit.running, limit.waiting], 'what a stuck program shows').toEqual([1, 1]);
      controller.abort(reason);
      await expect(nested).rejects.toBe(reason);
    });

    it('works if it does not wait for it inside, as a crawler does', async () => {
      const limit = new ConcurrencyLimit(2);
      const pages = new Map(Object.entries({ a: ['b', 'c'], b: ['d'], c: ['e', 'f'], d: [], e: [], f: [] } as Record<string, string[]>));
      const visits: Promise<void>[] = [];
      const seen: string[] = [];
      const visit = async (page: string) => {
        await nextTurn();
        seen.push(page);
        for (const link of pages.get(page) ?? []) visits.push(limit.run(visit, link));
      };
      visits.push(limit.run(visit, 'a'));
      for (let i = 0; i < visits.length; i++) await visits[i];
      expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    });
  });
});
