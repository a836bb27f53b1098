import { fileURLToPath } from 'node:url';
import { Executor, InlineExecutor } from 'run-in-executor';
import { beforeAll, describe, expect, test } from 'vitest';
import { request, tenant } from '../fixtures/context/stores.mjs';
import { runProgram } from '../setup/programs.js';

describe('stores that modules export', () => {
  let given: Record<string, unknown>;
  beforeAll(async () => {
    const folder = fileURLToPath(new URL('../fixtures/context/', import.meta.url));
    const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['program.mjs'], folder, 60_000, {
      ...process.env,
      VITEST: undefined,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    given = JSON.parse(stdout) as Record<string, unknown>;
  });

  test.each([
    ['a store without a value is not set', 'none', [1, null, null]],
    ['a value arrives as a copy', 'one', [1, { id: 7, at: '1970-01-01T00:00:00.000Z' }, null]],
    ['a function by value sees them', 'byValue', [2, 'r', 't']],
    ['a CommonJS module exports one', 'commonjs', 'traced'],
    ['a module exports one beside its executor', 'sameModule', 'me'],
    ['a value is that of the call', 'snapshot', { step: 'as of the call' }],
    ['nested calls keep them', 'nested', [[1, 'outer', null], 'outer']],
    ['a task sets its own', 'rebound', [1, 'inner', null]],
    ['2,000 interleaved calls each have their own, there and in their continuations here', 'load', 2_000],
    ['map has those of its call', 'map', ['1m', '2m', '3m']],
    [
      'stream has those of its call',
      'stream',
      [
        [0, 's'],
        [1, 's'],
      ],
    ],
    ['a callback runs in the context of its call', 'calledBack', [['c', 'c']]],
    ['a store that no module exports hinders nobody while it has no value', 'unreachableButUnset', [1, null, null]],
    ['a captured store of the program itself is there, without a value', 'captured', null],
    ['a captured store follows if a function names it', 'capturedAndFollowed', 5],
    ['a map says which store it cannot take along', 'unreachableMap', 'context[1]'],
    ['what a value holds is named where it cannot cross', 'unsendable', { code: 'ERR_VALUE_NOT_SENDABLE', path: 'context[0].socket' }],
  ])('%s', (_, name, expected) => {
    expect(given[name]).toEqual(expected);
  });

  test('a store that no module exports is refused, by its place, with the way out', () => {
    expect(given.unreachable).toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE', path: 'context[1]' });
    expect((given.unreachable as Error).message).toContain('export it by a name of its own');
  });
});

const who = (x: number): unknown[] => [x, request.getStore(), tenant.getStore()];

async function later(x: number): Promise<unknown[]> {
  await new Promise((resolve) => setTimeout(resolve, x % 5));
  return who(x);
}

/** Vitest's modules are others than Node's: here a function says where a store is. */
describe.each([
  ['Executor', Executor],
  ['InlineExecutor', InlineExecutor],
])('%s: stores named by functions', (_, Kind) => {
  const executor = new Kind({ maxThreads: 2, context: [() => request, () => tenant] });

  test('arrive', async () => {
    expect(await request.run('r', () => tenant.run('t', () => executor.run(who, 1)))).toEqual([1, 'r', 't']);
  });

  test('keep to their calls, however those follow each other', async () => {
    const calls = Array.from({ length: 200 }, (_, i) =>
      i % 3 === 0 ? executor.run(later, i) : request.run(i, () => executor.run(later, i)),
    );
    const seen = await Promise.all(calls);
    expect(seen.map(([, value]) => value)).toEqual(Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? undefined : i)));
  });

  test('hold in the continuations of their callers', async () => {
    await request.run('mine', async () => {
      await Promise.all([executor.run(later, 1), request.run('theirs', () => executor.run(later, 2))]);
      expect(request.getStore()).toBe('mine');
    });
  });
});

test('what is no store is refused at once', () => {
  expect(() => new Executor({ context: [{}] as never })).toThrow(/context takes an array of AsyncLocalStorage/);
});
