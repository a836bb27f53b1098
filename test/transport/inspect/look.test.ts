import { describe, expect, test } from 'vitest';
import { boundParts } from '../../../src/transport/inspect/bound.js';
import { locate, scopesOf } from '../../../src/transport/inspect/look.js';
import { listedScript } from '../../../src/transport/inspect/scripts.js';
import { offsetIn, sourceOf } from '../../../src/transport/inspect/source.js';

const table = { rows: 1 };
const readsTable = (): number => table.rows;

describe('a look at a function', () => {
  test('hands over the live values of its scopes, not copies of them', () => {
    const variables = scopesOf(readsTable).map((scope) => scope.variables);
    expect(variables.some((scope) => scope.table === table)).toBe(true);
  });

  test('tells the file that it was written in', () => {
    expect(locate(readsTable)?.url).toMatch(/look\.test\.ts$/);
  });

  test('finds nothing of a native function', () => {
    expect(locate(Math.max)).toBeUndefined();
    expect(scopesOf(Math.max)).toEqual([]);
  });

  test('finds the text of a function at its place in the script, wrapped by a loader or not', () => {
    const place = locate(readsTable);
    if (place === undefined) throw new Error('readsTable was not found');
    const source = sourceOf(place.scriptId);
    const offset = offsetIn(source, listedScript(place.scriptId), place.line, place.column);
    expect(source.slice(offset).startsWith(readsTable.toString())).toBe(true);
  });

  test('keeps nothing alive and grows nothing over many looks', () => {
    for (let i = 0; i < 500; i++) scopesOf(() => i);
    expect(scopesOf(readsTable).length).toBeGreaterThan(0);
  });
});

describe('a bound function', () => {
  const target = function (this: unknown, ..._: unknown[]): void {};
  const symbol = Symbol('bound');

  test.each([1, 1n, NaN, -0, 'text', true, null, undefined, symbol, { a: 1 }])(
    'gives back its target, `this` and arguments: %s',
    (value) => {
      expect(boundParts(target.bind(value, value, symbol))).toEqual({ target, thisArg: value, args: [value, symbol] });
    },
  );

  test('is told from an ordinary and from a native one', () => {
    expect(boundParts(target)).toBeUndefined();
    expect(boundParts(Math.max)).toBeUndefined();
  });

  test('bound twice is bound once more', () => {
    const once = boundParts(target.bind(1).bind(2));
    expect(boundParts(once?.target as typeof target)?.thisArg).toBe(1);
  });
});
