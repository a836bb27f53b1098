/**
 * What an error carries and cannot cross is left out. What had been noted on the way into it must be forgotten, or it tells on what comes after.
 */
import { Executor } from 'run-in-executor';
import { afterAll, expect, test } from 'vitest';

const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

const pending = new Promise(() => undefined);

function errorWith(data: unknown): Error {
  return Object.assign(new Error('with data'), { data });
}

test('a WeakMap behind an error whose data is left out is refused as ever, and does not arrive empty', async () => {
  class Waiting {
    wait() {
      return pending;
    }
  }
  const isHere = (error: Error & { data?: unknown }, map: WeakMap<object, unknown>) => [error.data === undefined, map instanceof WeakMap];
  await expect(executor.run(isHere, errorWith(new Waiting()), new WeakMap())).rejects.toThrow(/args\[1\].*a WeakMap cannot be read/);
});

test('the parameters of a URL that was left out stay its own', async () => {
  const [lost, sent] = [new URL('http://lost/?x=1'), new URL('http://sent/?y=2')];
  const read = (_: Error, url: URL, search: URLSearchParams) => [url.href, String(search)];
  expect(await executor.run(read, errorWith([lost, pending]), sent, lost.searchParams)).toEqual(['http://sent/?y=2', 'x=1']);
});

test('a URL that was left out and comes again is one with its parameters', async () => {
  const url = new URL('http://again/?x=1');
  const change = (_: Error, search: URLSearchParams, again: URL) => {
    search.set('x', '2');
    return again.href;
  };
  expect(await executor.run(change, errorWith([url, url.searchParams, pending]), url.searchParams, url)).toBe('http://again/?x=2');
});
