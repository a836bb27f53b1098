import { Executor, InlineExecutor, sleepSync } from 'run-in-executor';
import { describe, expect, test } from 'vitest';
import { Ledger } from '../../../src/pool/stats/ledger.js';
import type { Call } from '../../../src/transport/calls/call.js';

function call(name: string, site: number): Call {
  const fn = Object.defineProperty(() => undefined, 'name', { value: name });
  return { fn, site, args: [], ways: 'any', stores: undefined, encoded: { descriptions: [] } } as unknown as Call;
}

describe('the ledger', () => {
  test('says to stop offloading what costs more than it saves, and nothing of what does not', () => {
    const ledger = new Ledger();
    for (let i = 0; i < 100; i++) {
      ledger.record(call('tiny', 1), 0.001, 0.02);
      ledger.record(call('heavy', 2), 10, 0.02);
    }
    const [worst, best] = ledger.rows();
    expect(worst).toMatchObject({ name: 'tiny', calls: 100 });
    expect(worst?.net).toBeLessThan(0);
    expect(worst?.advice).toBe('Stop offloading tiny: 100 calls took 0.10 ms on threads, and 2.1 ms here to send');
    expect(best).toMatchObject({ name: 'heavy', calls: 100 });
    expect(best?.net).toBeCloseTo(998, 0);
    expect(best).not.toHaveProperty('advice');
  });

  test('holds against no function what only its first call takes', () => {
    const ledger = new Ledger();
    ledger.record(call('late', 1), 1, 200);
    for (let i = 0; i < 30; i++) ledger.record(call('late', 1), 1, 0.01);
    expect(ledger.rows()[0]?.net).toBeLessThan(0);
    expect(ledger.rows()[0]).not.toHaveProperty('advice');
  });

  test('advises nothing after a few calls', () => {
    const ledger = new Ledger();
    for (let i = 0; i < 5; i++) ledger.record(call('new', 1), 0, 1);
    expect(ledger.rows()[0]).not.toHaveProperty('advice');
  });

  test('of functions without end fills neither memory nor a page, and loses no call', () => {
    const ledger = new Ledger();
    for (let i = 0; i < 30_000; i++) ledger.record(call('of one name', i), 2, 0);
    for (let i = 0; i < 30_000; i++) ledger.record(call(`made ${i}`, 30_000 + i), 1, 0);
    const rows = ledger.rows();
    expect(rows).toHaveLength(100);
    expect(rows.find(({ name }) => name === 'of one name')).toMatchObject({ calls: 30_000, saved: 60_000 });
    expect(rows.find(({ name }) => name === '(others)')?.calls).toBeGreaterThan(27_000);
  });
});

describe('stats', () => {
  test('account for a function that is worth its way', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    for (let i = 0; i < 3; i++) await executor.run(sleepSync, 30);
    const [row] = executor.stats().functions;
    expect(row).toMatchObject({ name: 'sleepSync', calls: 3 });
    expect(row?.saved).toBeGreaterThanOrEqual(80);
    expect(row?.spent).toBeGreaterThan(0);
    expect(row?.net).toBeCloseTo((row?.saved ?? 0) - (row?.spent ?? 0), 6);
  });

  test('account for the copying of arguments and of results', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: `row ${id}` }));
    const take = (_: unknown) => 0;
    const make = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: `row ${id}` }));
    const neither = (count: number) => count;
    const spent = (name: string) => executor.stats().functions.find((row) => row.name === name)?.spent ?? 0;
    /** What each of nine calls takes of this thread, the middle one: a garbage collection may come at any. */
    const taken = async (name: string, call: () => Promise<unknown>) => {
      const each: number[] = [];
      for (let i = 0; i < 9; i++) {
        const before = spent(name);
        await call();
        each.push(spent(name) - before);
      }
      return each.sort((a, b) => a - b)[4] as number;
    };
    // Milliseconds, against a tenth of one.
    const plain = await taken('neither', () => executor.run(neither, 50_000));
    const args = rows(50_000);
    expect(await taken('take', () => executor.run(take, args))).toBeGreaterThan(2 * plain);
    expect(await taken('make', () => executor.run(make, 50_000))).toBeGreaterThan(2 * plain);
  });

  test('name a function without a name by its place', async () => {
    await using executor = new Executor({ maxThreads: 1 });
    await executor.run(() => 1);
    expect(executor.stats().functions.map(({ name }) => name)).toEqual([expect.stringMatching(/^\(anonymous\) ledger\.test\.ts:\d+$/)]);
  });

  test('account for nothing without threads', async () => {
    await using executor = new InlineExecutor();
    await executor.run(sleepSync, 1);
    expect(executor.stats().functions).toEqual([]);
  });
});
