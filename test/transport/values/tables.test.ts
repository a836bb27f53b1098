import fc from 'fast-check';
import { Executor } from 'run-in-executor';
import { afterAll, describe, expect, test } from 'vitest';
import { encode } from '../../../src/transport/values/encode.js';
import { hold } from '../../../src/transport/values/hold.js';
import { type Arrived, boundary } from './crossing.js';
import { difference } from './difference.js';

type Row = Record<string, unknown>;

const { cross, receive, options } = boundary();
const executor = new Executor({ maxThreads: 1 });
afterAll(() => executor.close());

const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, id) => ({ id, name: `row ${id}`, score: id / 7, active: id % 3 === 0, tag: 'x' }));

/** Whether it goes by columns. */
const isTable = (value: unknown): boolean => {
  const { packed, payload } = encode(value, options);
  return packed && (payload as { patches: { kind: string }[] }).patches.some(({ kind }) => kind === 'rows');
};

describe('many objects with the same fields', () => {
  test('go by columns, and arrive as they are', () => {
    for (const rows of [rowsOf(200), rowsOf(3_000)]) {
      expect(isTable(rows)).toBe(true);
      expect(difference(rows, cross(rows))).toBe(undefined);
    }
  });

  test('go so both ways, as an argument, inside one, and as a result', async () => {
    const rows = rowsOf(1_000);
    expect(await executor.run((all: Row[]) => all.filter(({ active }) => active), rows)).toEqual(rows.filter(({ active }) => active));
    expect(await executor.run((it: { rows: Row[] }, more: number) => [it.rows.length, more], { rows }, 7)).toEqual([1_000, 7]);
    expect(await executor.run((all: Row[]) => ({ page: 1, rows: all, self: [all] }), rows)).toEqual({ page: 1, rows, self: [rows] });
  });

  test('are seen as of the call, however long that waits', async () => {
    const rows = rowsOf(300);
    const before = executor.run(() => 0);
    const waiting = executor.run((all: Row[]) => all[7]?.name, rows);
    (rows[7] as Row).name = 'changed';
    expect([await before, await waiting]).toEqual([0, 'row 7']);
  });

  test('are the same objects for whoever gets them twice', () => {
    const rows = rowsOf(300);
    const { a, b, deep } = cross({ a: rows, b: rows, deep: { list: [rows] } }) as Arrived;
    expect([a === b, a === deep.list[0], a.length]).toEqual([true, true, 300]);
  });

  test('keep what numbers are, and all that is no number', () => {
    const odd = [-0, NaN, Infinity, 2 ** 53, -1.5, undefined, null, true, '', 'text', 10n, new Date(5)];
    const rows = Array.from({ length: 400 }, (_, i) => ({
      id: i,
      flag: i % 2 === 0,
      n: i,
      mixed: odd[i % odd.length],
      late: i < 390 ? i % 2 === 1 : 'no',
    }));
    expect(isTable(rows)).toBe(true);
    expect(difference(rows, cross(rows))).toBe(undefined);
  });

  test('keep their values where a program has given all arrays a method called all', async () => {
    await executor.run(() => void Object.assign(Array.prototype, { all: () => 'wrong' }));
    expect(await executor.run((all: Row[]) => all[7]?.name, rowsOf(300))).toBe('row 7');
    await executor.run(() => void Reflect.deleteProperty(Array.prototype, 'all'));
  });

  test('keep a Date that several have', () => {
    const day = new Date(5);
    const [first, , third] = cross(Array.from({ length: 300 }, (_, id) => ({ id, day: id === 1 ? new Date(5) : day }))) as Arrived;
    expect(first.day === third.day).toBe(true);
  });

  test('have their own fields, whatever objects inherit under these names', () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', '7', 'a b', ''];
    const rows = Array.from({ length: 300 }, (_, i) => Object.fromEntries(names.map((name, at) => [name, i * at])));
    expect(isTable(rows)).toBe(true);
    expect(difference(rows, cross(rows))).toBe(undefined);
    Object.defineProperty(Object.prototype, 'inherited', { set: () => undefined, configurable: true });
    try {
      const own = Array.from({ length: 300 }, (_, i) => Object.fromEntries([['inherited', i]]));
      expect(Object.keys(cross(own)[5])).toEqual(['inherited']);
    } finally {
      delete (Object.prototype as Row).inherited;
    }
  });
});

/** The rows with this one in the place of another. */
function put(rows: Row[], at: number, row: unknown): unknown[] {
  return rows.map((each, i) => (i === at ? row : each));
}

/** The rows, of which one has this in a field. */
function tag(rows: Row[], at: number, value: unknown): Row[] {
  Object.assign(rows[at] as Row, { tag: value });
  return rows;
}

/** What is done to one of the rows, or to what holds them; each may be seen on the other side. */
const anomalies: Record<string, (rows: Row[], at: number) => unknown> = {
  'one of them twice': (rows, at) => [...rows, rows[at]],
  'one of them twice, and no ids': (rows, at) => [...rows.map(({ tag }) => ({ tag }))].flatMap((row, i) => (i === at ? [row, row] : [row])),
  'a field less': (rows, at) => put(rows, at, { id: 1, name: 'x' }),
  'a field more': (rows, at) => put(rows, at, { ...rows[at], more: 1 }),
  'fields in another order': (rows, at) => put(rows, at, Object.fromEntries(Object.entries(rows[at] as Row).reverse())),
  'a nested object': (rows, at) => tag(rows, at, { deep: [1] }),
  'one of them inside another': (rows, at) => tag(rows, at, rows[0]),
  'all of them inside one': (rows, at) => tag(rows, at, rows),
  'no prototype': (rows, at) => put(rows, at, Object.assign(Object.create(null), rows[at])),
  'a hole': (rows, at) => {
    delete rows[at];
    return rows;
  },
  'something else among them': (rows, at) => put(rows, at, 7),
  'one beside them': (rows, at) => ({ rows, chosen: rows[at] }),
  'some beside them': (rows, at) => [rows, { chosen: rows.slice(at, at + 3) }],
  'others like them beside them': (rows) => [rows, { chosen: { id: 1, name: 'x', score: 0, active: true, tag: 'x' } }],
  'some in a second table': (rows) => [rows, rows.slice(0, 250)],
  'a second table beside them': (rows) => ({ rows, others: rows.map((row) => ({ ...row })) }),
  'a Map of them': (rows) => ({ rows, byId: new Map(rows.map((row) => [row.id, row])) }),
  'a Date with a property': (rows, at) => tag(rows, at, Object.assign(new Date(5), { own: 1 })),
  'a property of their list': (rows) => Object.assign(rows, { total: 7 }),
  'a field called __proto__': (rows) =>
    rows.map((row) => Object.defineProperty({ ...row }, '__proto__', { value: row.id, enumerable: true })),
  'an object around them that holds itself': (rows) => {
    const around: Row = { rows };
    around.self = around;
    return around;
  },
};

describe.each(Object.entries(anomalies))('rows with %s', (_, spoil) => {
  test('arrive as they are, wherever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 400 }), fc.nat(), (count, at) => {
        const value = spoil(rowsOf(count), at % count);
        expect(difference(value, cross(value))).toBe(undefined);
        const held = hold(encode(value, options));
        expect(difference(value, receive(held))).toBe(undefined);
        expect(difference(value, receive(held))).toBe(undefined);
      }),
      { numRuns: 20 },
    );
  });
});

describe('beside a closure and what it captures', () => {
  const least = { score: 10 };

  test('rows go by columns, too', async () => {
    const rows = rowsOf(500);
    expect(await executor.run((all: Row[]) => all.filter(({ score }) => Number(score) > least.score).length, rows)).toBe(
      rows.filter(({ score }) => Number(score) > 10).length,
    );
    expect((encode([() => 0, rows], { ...options, rootPath: 'args' }).payload as { patches: unknown[] }).patches.length).toBeGreaterThan(0);
  });

  test('one that the function captures is the same in the table', async () => {
    const rows = rowsOf(500);
    const chosen = rows[300];
    expect(await executor.run((all: Row[]) => all.indexOf(chosen as Row), rows)).toBe(300);
    expect(await executor.run((all: Row[]) => all === rows, rows)).toBe(true);
  });

  test('captured ones stay as closed as they are', async () => {
    const rows = rowsOf(300).map((row) => Object.freeze(row));
    expect(await executor.run(() => rows.every((row) => Object.isFrozen(row)))).toBe(true);
  });
});

test('so much else beside a table goes as it is', () => {
  const rows = rowsOf(200);
  expect([isTable({ rows, others: [1, 2, 3] }), isTable({ rows, others: new Array(1_000).fill(0) })]).toEqual([true, false]);
});

test('a symbol key is not lost, be it on the last of thousands', () => {
  const key = Symbol.for('kept');
  for (const at of [0, 50, 150, 4_999]) {
    const rows = rowsOf(5_000);
    (rows[at] as Record<symbol, unknown>)[key] = at;
    expect(isTable(rows)).toBe(false);
    expect(cross(rows)[at][key]).toBe(at);
  }
});

test('nor is a name that no loop shows, nor what a proxy or a class is', () => {
  const hidden = rowsOf(300);
  Object.defineProperty(hidden[299], 'hidden', { value: 7 });
  expect((cross(hidden) as Arrived)[299].hidden).toBe(7);
  const proxied = rowsOf(300);
  proxied[150] = new Proxy(proxied[150] as Row, {});
  expect(isTable(proxied)).toBe(false);
  expect(
    difference(
      proxied.map((row) => ({ ...row })),
      (cross(proxied) as Row[]).map((row) => ({ ...row })),
    ),
  ).toBe(undefined);
});

test('a getter is read, and what it throws is said as of any value', () => {
  const rows = rowsOf(300).map((row) => Object.defineProperty(row, 'twice', { get: () => Number(row.id) * 2, enumerable: true }));
  expect(cross(rows)[20].twice).toBe(40);
  Object.defineProperty(rows[9], 'name', {
    get() {
      throw new Error('no name');
    },
    enumerable: true,
  });
  expect(() => cross(rows)).toThrow(/args\[9\]\.name|no name/);
});
