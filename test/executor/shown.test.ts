import { inspect } from 'node:util';
import { ConcurrencyLimit, Executor, InlineExecutor, KeyedConcurrencyLimit } from 'run-in-executor';
import { expect, test } from 'vitest';
import { hold, letGo, made, shared, until } from './pythonic.js';

const line = (value: unknown) => inspect(value, { breakLength: Number.POSITIVE_INFINITY });

test('an executor is printed with its name, its limit and what it does', async () => {
  const each = made({ maxThreads: 1, name: 'db' });
  expect(line(each)).toBe("Executor { name: 'db', maxThreads: 1, threads: 0, running: 0, queued: 0, closed: false }");
  const words = shared();
  const calls = [each.run(hold, words), each.run(hold, words)];
  await until(() => words[0] === 1);
  expect(line({ each })).toBe("{ each: Executor { name: 'db', maxThreads: 1, threads: 1, running: 1, queued: 1, closed: false } }");
  letGo(words);
  await Promise.all(calls);
  await each.close();
  expect(line(each)).toContain('closed: true');
});

test('what extends one is printed under its own name', () => {
  class Own extends Executor {}
  expect(line(new Own({ name: 'o', maxThreads: 2 }))).toMatch(/^Own \{ name: 'o', maxThreads: 2,/);
  expect(line(new InlineExecutor({ name: 'i' }))).toMatch(/^InlineExecutor \{ name: 'i',/);
});

test('a limit is printed with what it holds', async () => {
  const limit = new ConcurrencyLimit(1);
  await limit.acquire();
  void limit.acquire();
  expect(line(limit)).toBe('ConcurrencyLimit { limit: 1, running: 1, waiting: 1 }');
  const keyed = new KeyedConcurrencyLimit<string>(2);
  await keyed.acquire('a');
  expect(line(keyed)).toBe('KeyedConcurrencyLimit { size: 1 }');
});

test('what only inherits from one is printed all the same', () => {
  expect(line(Executor)).toBe('[class Executor]');
  expect(line(Executor.prototype)).toBe('{}');
  expect(line(Object.create(new ConcurrencyLimit(1)))).toBe('ConcurrencyLimit {}');
});
