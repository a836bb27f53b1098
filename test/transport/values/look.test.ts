import { describe, expect, test } from 'vitest';
import { look, lookAtEach } from '../../../src/transport/values/look.js';
import { transfer } from '../../../src/transport/values/transfer.js';

/** Holes where undefined stands. */
function holed(...items: unknown[]): unknown[] {
  const list: unknown[] = [];
  for (const [i, item] of items.entries()) if (item !== undefined) list[i] = item;
  return list;
}

class Point {
  x = 1;
}

const cyclic: Record<string, unknown> = { inner: { list: [] } };
cyclic.self = cyclic;
(cyclic.inner as { list: unknown[] }).list.push(cyclic);

const primitives: [string, unknown][] = [
  ['a string', 'text'],
  ['a number', 1.5],
  ['NaN', NaN],
  ['a bigint', 1n],
  ['true', true],
  ['null', null],
  ['undefined', undefined],
];

const plain: [string, unknown][] = [
  ['an empty object', {}],
  ['a flat object', { a: 1, b: 'x', c: null, d: undefined }],
  ['nested objects', { a: { b: [{ c: 1 }] } }],
  ['an empty array', []],
  ['an array with holes', holed(1, undefined, 3)],
  ['an array of rows', [{ a: 1 }, { a: 2 }]],
  ['a long array of numbers', Array.from({ length: 100 }, (_, i) => i)],
  ['an array with a plain property', holed(1, undefined, 2, undefined, 4)],
  ['a Map', new Map([['a', { b: 1 }]])],
  ['a Set', new Set([1, {}])],
  ['a Date', new Date()],
  ['a RegExp', /a/g],
  ['a boxed number', Object(1)],
  ['a Uint8Array', new Uint8Array(3)],
  ['a view of part of its buffer', new Uint8Array(new ArrayBuffer(8), 2, 3)],
  ['an ArrayBuffer', new ArrayBuffer(3)],
  ['a SharedArrayBuffer', new SharedArrayBuffer(3)],
  ['a DataView', new DataView(new ArrayBuffer(3))],
  ['a cyclic value', cyclic],
  ['a frozen object and a frozen array', Object.freeze([Object.freeze({ a: null })])],
];

const special: [string, unknown][] = [
  ['a function', () => {}],
  ['a symbol', Symbol.for('a')],
  ['a function in data', { a: [{ f() {} }] }],
  ['an object with a symbol for a key', { [Symbol.for('a')]: 1 }],
  ['an object with a property that no loop shows', Object.defineProperty({ a: 1 }, 'b', { value: 1 })],
  ['a closed array with one', Object.freeze(Object.defineProperty([1], 'raw', { value: 1 }))],
  ['an object without a prototype', Object.create(null)],
  ['an instance', new Point()],
  ['an instance in a Map', new Map([['a', new Point()]])],
  ['an instance in a Set', new Set([new Point()])],
  ['an instance as a Map key', new Map([[new Point(), 1]])],
  ['a Buffer', Buffer.from('a')],
  ['an error', new Error('a')],
  ['a URL', new URL('http://a/')],
  ['a RegExp that has matched', Object.assign(/a/g, { lastIndex: 1 })],
  ['a Map with properties', Object.assign(new Map(), { a: 1 })],
  ['a subclass of Map', new (class extends Map {})()],
  ['a short array with properties', Object.assign([1], { a: 1 })],
  [
    'a long array with properties',
    Object.assign(
      Array.from({ length: 200 }, () => 1),
      { a: 1 },
    ),
  ],
  ['a sparse array', Object.assign([], { length: 4e9 })],
  ['a proxy', new Proxy({}, {})],
  ['an object that pretends to be a Date', Object.create(Date.prototype)],
  ['a promise', Promise.resolve()],
  [
    'a getter that throws',
    {
      get a() {
        throw new Error('no');
      },
    },
  ],
  ['memory that is to move', transfer(new ArrayBuffer(3))],
  ['a view whose memory is to move', new Uint8Array(transfer(new ArrayBuffer(3)))],
  [
    'an `arguments` object',
    (function (..._: number[]) {
      // biome-ignore lint/complexity/noArguments: it is what is sent
      return arguments;
    })(1, 2),
  ],
];

describe('look', () => {
  test.each(primitives)('%s is primitive', (_, value) => expect(look(value)).toBe('primitive'));
  test.each(plain)('%s is plain', (_, value) => expect(look(value)).toBe('plain'));
  test.each(special)('%s is special', (_, value) => expect(look(value)).toBe('special'));
  test.each(special)('%s is found deep in data', (_, value) => expect(look({ a: [new Map([[1, { b: [0, value] }]])] })).toBe('special'));
  test.each(special)('%s is found behind many plain properties', (_, value) => {
    const wide = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, i % 3 === 0 ? { leads: { on: i } } : i]));
    expect(look({ again: [wide, { ...wide, value }] })).toBe('special');
  });
});

test('an argument list is as its most demanding member', () => {
  expect(lookAtEach([])).toBe('primitive');
  expect(lookAtEach([1, 'a'])).toBe('primitive');
  expect(lookAtEach([1, {}])).toBe('plain');
  expect(lookAtEach([{}, () => {}])).toBe('special');
});

test('a value nested 100,000 deep ends the look, not the program', () => {
  let deep: unknown = {};
  for (let i = 0; i < 100_000; i++) deep = { deep };
  expect(look(deep)).toBe('special');
});

test('what is shared a million times over is visited a bounded number of times', () => {
  let diamond: unknown = { leaf: 1 };
  for (let i = 0; i < 60; i++) diamond = { left: diamond, right: diamond };
  expect(look(diamond)).toBe('plain');
  const wide = Array.from({ length: 3_000 }, (_, i) => ({ i }));
  expect(look(Array.from({ length: 3_000 }, () => wide))).toBe('plain');
  const table: { rows: unknown[] } = { rows: [] };
  for (let i = 0; i < 20_000; i++) table.rows.push({ table, i, other: { rows: table.rows } });
  expect(look(table)).toBe('plain');
});

test('a getter that makes a call of its own does not disturb the look', () => {
  const shared = { a: {} };
  const value = {
    shared,
    get inner() {
      return look({ b: { shared } });
    },
    again: [shared, { f: () => {} }],
  };
  expect(look(value)).toBe('special');
});
