import { expect, test } from 'vitest';
import type { Packed } from '../../../src/transport/packed.js';
import { decode } from '../../../src/transport/values/decode.js';

const nothing = { specials: [], places: [], patches: [] };

function unused(): never {
  throw new Error('Nothing was to be rebuilt');
}

test('the root may be a special itself', () => {
  const packed: Packed = { ...nothing, root: [undefined], specials: [{ kind: 'symbol', of: 'Symbol', name: 'iterator' }], places: [] };
  expect(decode({ ...packed, places: [packed.root, 0, 0] }, { rebuild: unused })).toBe(Symbol.iterator);
});

test('functions are filled innermost first, when everything has its place and its class', () => {
  const order: string[] = [];
  class Point {}
  const outer: unknown[] = [undefined, {}];
  const inner: unknown[] = [1];
  const packed: Packed = {
    root: [undefined],
    specials: [
      { kind: 'function', id: 1, captures: outer },
      { kind: 'function', id: 2, captures: inner },
      { kind: 'function', id: 3, captures: undefined },
    ],
    places: [],
    patches: [{ kind: 'prototype', of: 2, targets: [outer[1] as object] }],
  };
  const functions = [() => 'outer', () => 'inner', Point];
  decode(
    { ...packed, places: [outer, 0, 1] },
    {
      rebuild: (id) => ({
        fn: functions.at(id - 1) ?? unused,
        fill: (captures) => {
          order.push(String(id));
          if (id === 1) expect([captures[0], captures[1] instanceof Point]).toEqual([functions[1], true]);
        },
      }),
    },
  );
  expect(order).toEqual(['2', '1']);
});

test('what decode does not know is a bug of ours, and says so', () => {
  const patches: Packed['patches'] = [{ kind: 'prototype', of: 'Nowhere', targets: [{}] }];
  expect(() => decode({ ...nothing, root: [1], patches }, { rebuild: unused })).toThrow(/This is a bug in run-in-executor$/);
});

test('a plain root is the very object that came', () => {
  const value = { a: 1 };
  expect(decode({ ...nothing, root: [value] }, { rebuild: unused })).toBe(value);
});
