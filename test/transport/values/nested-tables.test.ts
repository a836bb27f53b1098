import fc from 'fast-check';
import { Executor } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';
import { encode } from '../../../src/transport/values/encode.js';
import { hold } from '../../../src/transport/values/hold.js';
import { type Arrived, boundary } from './crossing.js';
import { difference } from './difference.js';

const { cross, receive, options } = boundary();
const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

interface Doc {
  id: number;
  user: { name: string; address: { city: string; zip: string | undefined } };
  tags: unknown[];
  scores: number[];
  lines: { sku: string; at: Date; flags: boolean[] }[];
  parent: object | null;
  extra?: unknown;
}

const docs = (count: number): Doc[] =>
  Array.from({ length: count }, (_, id) => ({
    id,
    user: { name: `user ${id}`, address: { city: `city ${id % 7}`, zip: id % 3 === 0 ? undefined : `${id}` } },
    tags: ['a', `b${id}`].slice(0, id % 3),
    scores: [id / 2, id, -0, NaN].slice(id % 4),
    lines: Array.from({ length: id % 5 }, (_, at) => ({ sku: `${id}-${at}`, at: new Date(id), flags: [at % 2 === 0] })),
    parent: id % 2 === 0 ? null : { of: id },
  }));

/** Whether it goes by columns. */
const isTable = (value: unknown): boolean => {
  const { packed, payload } = encode(value, options);
  return packed && (payload as { patches: { kind: string }[] }).patches.some(({ kind }) => kind === 'rows');
};

/** What arrives, of what waits too, has the same shape, edge by edge. */
function expectWhole(value: unknown): void {
  expect(difference(value, cross(value))).toBe(undefined);
  const held = hold(encode(value, options));
  expect(difference(value, receive(held))).toBe(undefined);
}

describe('rows with objects and arrays in them', () => {
  test('go by columns, and arrive as they are', () => {
    for (const rows of [docs(200), docs(2_000)]) {
      expect(isTable(rows)).toBe(true);
      expectWhole(rows);
    }
  });

  test('go so both ways, and as of the call', async () => {
    const rows = docs(500);
    expect(await executor.run((all: Doc[]) => all, rows)).toEqual(rows);
    const before = executor.run(() => 0);
    const waiting = executor.run((all: Doc[]) => [all[7]?.user.address.city, all[8]?.lines.length], rows);
    Object.assign((rows[7] as Doc).user.address, { city: 'elsewhere' });
    (rows[8] as Doc).lines.pop();
    expect([await before, await waiting]).toEqual([0, ['city 0', 3]]);
  });

  test('give each row its own', () => {
    const [first, second] = cross(docs(300).map((row) => ({ ...row, tags: ['same'], user: { name: 'same' } }))) as Arrived;
    expect([first.tags === second.tags, first.user === second.user, Array.isArray(first.tags)]).toEqual([false, false, true]);
  });
});

describe('arrays of arrays', () => {
  const grid = (make: (row: number, column: number) => unknown): unknown[][] =>
    Array.from({ length: 300 }, (_, row) => Array.from({ length: row % 6 }, (_, column) => make(row, column)));

  test.each<[string, unknown[][]]>([
    ['text, as CSV is', grid((row, column) => `${row} ${column}`)],
    ['numbers, as a matrix is', grid((row, column) => row / (column + 1))],
    ['small integers', grid((row, column) => row - column)],
    ['booleans', grid((row, column) => row > column)],
    ['what differs', grid((row, column) => [row, `${column}`, null, undefined, 1n, new Date(row)][column])],
    ['arrays of pairs, as coordinates are', grid((row, column) => [row, column])],
    ['objects', grid((row, column) => ({ row, column }))],
    ['nothing', grid(() => 0).map(() => [])],
  ])('of %s go by columns, and arrive as they are', (_, rows) => {
    expect(isTable(rows)).toBe(true);
    expectWhole(rows);
  });
});

type Spoil = (rows: Doc[], at: number) => unknown;

function change(rows: Doc[], at: number, make: (row: Doc) => void): Doc[] {
  make(rows[at] as Doc);
  return rows;
}

/** What is done to one of the rows, or beside them; each may be seen on the other side. */
const anomalies: Record<string, Spoil> = {
  'a list that two share': (rows, at) => change(rows, at, (row) => (row.tags = (rows[0] as Doc).tags)),
  'an object that two share': (rows, at) => change(rows, at, (row) => (row.user = (rows[0] as Doc).user)),
  'an object that an inner one shares': (rows, at) => change(rows, at, (row) => (row.user.address = (rows[0] as Doc).user.address)),
  'one list for all': (rows) => rows.map((row) => ({ ...row, tags: SHARED })),
  'a row inside another': (rows, at) => change(rows, at, (row) => (row.parent = rows[1] as object)),
  'all rows inside each': (rows) => rows.map((row, i) => Object.assign(row, { parent: rows[(i + 1) % rows.length] })),
  'their list in one of them': (rows, at) => change(rows, at, (row) => (row.tags = rows)),
  'a list that holds itself': (rows, at) => change(rows, at, ({ tags }) => tags.push(tags)),
  'another kind of nothing': (rows, at) => change(rows, at, (row) => (row.parent = undefined as never)),
  'a Date for an object': (rows, at) => change(rows, at, (row) => (row.parent = new Date(7))),
  'a list for an object': (rows, at) => change(rows, at, (row) => (row.parent = [1])),
  'a number for an object': (rows, at) => change(rows, at, (row) => (row.user = 7 as never)),
  'text for a list': (rows, at) => change(rows, at, (row) => (row.tags = 'text' as never)),
  'an inner field more': (rows, at) => change(rows, at, ({ user }) => Object.assign(user, { more: 1 })),
  'an inner field less': (rows, at) => change(rows, at, ({ user }) => Reflect.deleteProperty(user, 'name')),
  'an inner object of a class': (rows, at) => change(rows, at, (row) => (row.parent = new Map([[1, row.user]]))),
  'an inner object without a prototype': (rows, at) => change(rows, at, (row) => (row.user = Object.assign(Object.create(null), row.user))),
  'an inner symbol key': (rows, at) => change(rows, at, ({ user }) => Object.assign(user, { [Symbol.for('kept')]: 1 })),
  'an inner Buffer': (rows, at) => change(rows, at, ({ tags }) => tags.push(Buffer.from('x'))),
  'a hole in a list': (rows, at) => change(rows, at, ({ tags }) => Reflect.set(tags, 5, 'after')),
  'a name on a list': (rows, at) => change(rows, at, ({ tags }) => Object.assign(tags, { total: 7 })),
  'a hole and a name on a list': (rows, at) =>
    change(rows, at, (row) => {
      row.tags = Object.assign(['a', 'b', 'c'], { total: 7 });
      Reflect.deleteProperty(row.tags, 1);
    }),
  'what matches a pattern': (rows) => rows.map((row) => ({ id: row.id, match: /(\d)/.exec(`x${row.id}`) })),
  'an inner object beside them': (rows, at) => ({ rows, chosen: rows[at]?.user.address }),
  'an inner list beside them': (rows, at) => [rows, { lines: rows[at]?.lines }],
  'a line beside them': (rows) => [rows, rows.flatMap(({ lines }) => lines).slice(0, 3)],
  'a second table of what is in them': (rows) => ({ rows, users: rows.map(({ user }) => user) }),
  'a second table that is a list of one of them': (rows, at) => {
    const second = docs(210).map(({ id }) => ({ id }));
    return [change(rows, at, (row) => (row.tags = second)), second];
  },
  'a second table beside them': (rows) => ({ rows, others: docs(250) }),
  'deep lists': (rows) => rows.map(({ id }) => ({ id, deep: nest(30, id) })),
  'lists deeper than any data': (rows) => rows.map(({ id }) => ({ id, deep: nest(60, id) })),
};

const SHARED = ['shared'];

function nest(levels: number, value: unknown): unknown {
  let nested = value;
  for (let level = 0; level < levels; level++) nested = level % 2 === 0 ? [nested] : { nested };
  return nested;
}

describe.each(Object.entries(anomalies))('rows with %s', (_, spoil) => {
  test('arrive as they are, wherever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 220 }), fc.nat(), (count, at) => expectWhole(spoil(docs(count), at % count))),
      { numRuns: 6 },
    );
  });
});

/** What each row is like: the same for all, but for its values. */
const template = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('object'), tie('list')),
  leaf: fc.constantFrom('number', 'integer', 'text', 'boolean', 'date', 'maybe', 'any', 'bigint'),
  object: fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  list: fc.record({ list: tie('value') }),
}));

const leaves: Record<string, (i: number) => unknown> = {
  number: (i) => i / 3,
  integer: (i) => i,
  text: (i) => `text ${i}`,
  boolean: (i) => i % 3 === 0,
  date: (i) => new Date(i),
  maybe: (i) => (i % 4 === 0 ? null : { of: i }),
  any: (i) => [i, `${i}`, null, undefined, true, -0][i % 6],
  bigint: (i) => BigInt(i),
};

function fromTemplate(like: unknown, i: number): unknown {
  if (typeof like === 'string') return leaves[like]?.(i);
  const { list } = like as { list?: unknown };
  if (list !== undefined) return Array.from({ length: i % 4 }, (_, at) => fromTemplate(list, i + at));
  return Object.fromEntries(Object.entries(like as object).map(([name, each]) => [name, fromTemplate(each, i)]));
}

test('rows of any shape arrive as they are', () => {
  fc.assert(
    fc.property(template.value, fc.integer({ min: 200, max: 220 }), (like, count) =>
      expectWhole(Array.from({ length: count }, (_, i) => fromTemplate(like, i))),
    ),
    { numRuns: 100 },
  );
});

test('a name that no loop shows, on the list of a row that is closed, is not lost', () => {
  const rows = docs(300);
  Object.defineProperty((rows[20] as Doc).tags, 'raw', { value: 7 });
  Object.freeze((rows[20] as Doc).tags);
  expect((cross(rows) as Arrived)[20].tags.raw).toBe(7);
});

test('a proxy in a row is none of the rows’ own', () => {
  const rows = docs(300).map((row) => ({ id: row.id, tags: new Proxy(row.tags, {}) }));
  expect(isTable(rows)).toBe(false);
  expect((cross(rows) as Arrived)[299].tags.length).toBe(2);
});
