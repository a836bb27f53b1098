import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { KeyedConcurrencyLimit } from '../../src/limits/keyed-concurrency-limit.js';
import { Gate } from './gate.js';

describe('KeyedConcurrencyLimit', () => {
  it('limits each key by itself', async () => {
    const perHost = new KeyedConcurrencyLimit(2);
    const gate = new Gate();
    const get = perHost.wrap(
      (host: string, n: number) => gate.pass(`${host}${n}`),
      (host) => host,
    );
    const all = Promise.all([1, 2, 3, 4].flatMap((n) => [get('a', n), get('b', n)]));
    await nextTurn();
    expect(gate.inside).toEqual(['a1', 'b1', 'a2', 'b2']);
    await gate.open('b2');
    expect(gate.inside).toEqual(['a1', 'b1', 'a2', 'b3']);
    await gate.openAll();
    await all;
  });

  it('drops a key that nobody holds or waits for, however the last one left', async () => {
    const perKey = new KeyedConcurrencyLimit(1);
    const place = await perKey.acquire('held');
    const controller = new AbortController();
    const waiting = perKey.acquire('held', { signal: controller.signal });
    const failing = perKey.run('failing', async () => {
      await nextTurn();
      throw new Error('deliberate');
    });
    expect(perKey.size).toBe(2);

    await expect(failing).rejects.toThrow('deliberate');
    expect(perKey.size).toBe(1);
    place[Symbol.dispose]();
    (await waiting)[Symbol.dispose]();
    expect(perKey.size).toBe(0);
    await expect(perKey.acquire('refused', { signal: AbortSignal.abort() })).rejects.toThrow();
    await expect(perKey.run('no function', undefined as never)).rejects.toThrow(TypeError);
    expect(perKey.size).toBe(0);
  });

  it('gives a place back once, even when the key has been made anew since', async () => {
    const perKey = new KeyedConcurrencyLimit(1);
    const first = await perKey.acquire('key');
    first[Symbol.dispose]();
    const second = await perKey.acquire('key');
    first[Symbol.dispose]();
    expect(perKey.size).toBe(1);
    const third = perKey.acquire('key');
    second[Symbol.dispose]();
    (await third)[Symbol.dispose]();
    expect(perKey.size).toBe(0);
  });

  it('does not lose a key made anew before one who was aborted under the old one hears of it', async () => {
    const perKey = new KeyedConcurrencyLimit(1);
    const controller = new AbortController();
    const first = await perKey.acquire('key');
    const aborted = perKey.acquire('key', { signal: controller.signal });
    controller.abort();
    first[Symbol.dispose]();
    const second = perKey.acquire('key');
    await expect(aborted).rejects.toThrow();
    expect(perKey.size).toBe(1);
    (await second)[Symbol.dispose]();
    expect(perKey.size).toBe(0);
  });

  it('asks for the limit of a key whenever it makes one', async () => {
    const asked: string[] = [];
    const perTenant = new KeyedConcurrencyLimit((tenant: string) => {
      asked.push(tenant);
      return tenant === 'large' ? 2 : 1;
    });
    const gate = new Gate();
    for (const tenant of ['large', 'small']) for (const n of [1, 2, 3]) void perTenant.run(tenant, () => gate.pass(`${tenant} ${n}`));
    await nextTurn();
    expect(gate.inside).toEqual(['large 1', 'large 2', 'small 1']);
    expect(asked).toEqual(['large', 'small']);
    await gate.openAll();
    await perTenant.run('small', () => {});
    expect(asked).toEqual(['large', 'small', 'small']);
  });

  it('tells keys apart as a Map does', async () => {
    const perObject = new KeyedConcurrencyLimit<object>(1);
    const key = {};
    const places = [await perObject.acquire(key), await perObject.acquire({})];
    expect(perObject.size).toBe(2);
    for (const place of places) place[Symbol.dispose]();
  });

  it('refuses a wrong limit at once, and that of a key at its first call', async () => {
    expect(() => new KeyedConcurrencyLimit(0)).toThrow(RangeError);
    expect(() => new KeyedConcurrencyLimit('2' as never)).toThrow('received the string "2"');
    const perKey = new KeyedConcurrencyLimit(() => NaN);
    await expect(perKey.run('a', () => {})).rejects.toThrow(RangeError);
    await expect(perKey.acquire('a')).rejects.toThrow('received NaN');
    expect(perKey.size).toBe(0);
  });

  it('rejects when the key cannot be made', async () => {
    const perHost = new KeyedConcurrencyLimit(1);
    const get = perHost.wrap(
      async (url: string) => url,
      (url) => new URL(url).host,
    );
    await expect(get('no url')).rejects.toThrow('Invalid URL');
    await expect(get('http://a.test/')).resolves.toBe('http://a.test/');
  });
});
