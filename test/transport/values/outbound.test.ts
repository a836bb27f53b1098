import { describe, expect, test } from 'vitest';
import { type Arrived, boundary } from './crossing.js';

/** As calls are packed. */
const { cross } = boundary({ outbound: true });

class Point {
  x = 1;
}

describe('accessors', () => {
  test('of plain data are read', () => {
    const arrived = cross([
      parseInt,
      {
        n: 1,
        get twice() {
          return this.n * 2;
        },
      },
    ]) as Arrived;
    arrived[1].n = 5;
    expect(arrived[1].twice).toBe(2);
  });

  test('stay beside methods, at their place among the keys', () => {
    const counter = {
      n: 1,
      get twice(): number {
        return this.n * 2;
      },
      set twice(value: number) {
        this.n = value;
      },
      add: parseInt,
    };
    const arrived = cross(counter) as Arrived;
    arrived.twice = 4;
    expect([arrived.twice, Object.keys(arrived)]).toEqual([8, ['n', 'twice', 'add']]);
  });

  test('of instances stay, hidden ones too', () => {
    const arrived = cross(
      Object.defineProperty(new Point(), 'double', {
        get() {
          return this.x * 2;
        },
      }),
    ) as Arrived;
    arrived.x = 3;
    expect([arrived.double, Object.keys(arrived)]).toEqual([6, ['x']]);
  });

  test('of a prototype stay, and are not run', () => {
    let runs = 0;
    const prototype = {
      get now() {
        return ++runs;
      },
      constructor: Map,
    };
    const arrived = cross(Object.create(prototype)) as Arrived;
    expect([runs, arrived.now, Object.getPrototypeOf(arrived).constructor]).toEqual([0, 1, Map]);
  });

  test('whose functions cannot cross are read', () => {
    const here = boundary({ outbound: true });
    const get = (): number => 7;
    here.refuse(get);
    expect(here.cross(Object.defineProperty(new Point(), 'seven', { get, enumerable: true })).seven).toBe(7);
  });
});

class Table extends Map {}

describe('what no loop shows of plain data', () => {
  const never = (): never => {
    throw new Error('a getter was run');
  };
  const hide = <T extends object>(target: T, properties: Record<string, unknown>): T => {
    for (const [name, value] of Object.entries(properties)) Object.defineProperty(target, name, { value });
    return target;
  };

  test.each([
    ['in a call', { outbound: true }],
    ['in a result', { orphans: 'plain' }],
  ] as const)('crosses, out of sight, and in its place: %s', (_, options) => {
    const here = boundary(options);
    const arrived = here.cross({ rows: [hide({ a: 1 }, { parse: parseInt, depth: 3 })] }).rows[0];
    expect([Object.keys(arrived), arrived.parse, arrived.depth]).toEqual([['a'], parseInt, 3]);
  });

  test('crosses on closed lists: the raw of a template', () => {
    const tagged = (strings: TemplateStringsArray, _: number): Arrived => cross([strings])[0];
    expect(tagged`a\n${1}b`.raw).toEqual(['a\\n', 'b']);
  });

  test.each([{ outbound: true }, { orphans: 'plain' }] as const)('is kept on instances of subclasses of builtins: %j', (options) => {
    class Amount extends Number {
      readonly unit = 'm';
    }
    class Word extends String {}
    const here = boundary(options);
    const [amount, word, table] = here.cross([
      hide(new Amount(-0), { exact: 1n }),
      hide(new Word('ab'), { at: 3 }),
      hide(new Table(), { at: 4 }),
    ]);
    expect([amount.unit, amount.exact, Object.is(+amount, -0), Object.keys(amount)]).toEqual(['m', 1n, true, ['unit']]);
    expect([word.at, `${word}`, word.length, Object.keys(word), table.at]).toEqual([3, 'ab', 2, ['0', '1'], 4]);
  });

  test('stays behind where it cannot cross, and its getters are not run', () => {
    const here = boundary();
    const unsendable = (): void => {};
    for (const fn of [unsendable, never]) here.refuse(fn);
    const given = Object.defineProperty(hide({ a: 1 }, { unsendable, kept: 2 }), 'never', { get: never });
    expect(Object.getOwnPropertyDescriptors(here.cross(given))).toEqual({
      a: { value: 1, writable: true, enumerable: true, configurable: true },
      kept: { value: 2, writable: true, enumerable: false, configurable: true },
    });
  });
});

describe('unique symbols', () => {
  test('are one within a call, as values and as keys of instances', () => {
    const key = Symbol('key');
    const arrived = cross([key, { key }, Object.assign(new Point(), { [key]: 2 })]) as Arrived;
    expect(arrived[0]).not.toBe(key);
    expect([arrived[0].description, arrived[1].key === arrived[0], arrived[2][arrived[0]]]).toEqual(['key', true, 2]);
  });

  test('are no keys of plain data, as for structured clone', () => {
    expect(Reflect.ownKeys(cross({ a: parseInt, [Symbol('own')]: 1 }) as object)).toEqual(['a']);
  });
});

test('the prototype of a class is that of the class over there', () => {
  expect(cross([Point.prototype, Point])[0]).toBe(Point.prototype);
});

test('what a subclass of a Map hides goes along', () => {
  class Keyed extends Map<number, number> {}
  const keyed = Object.defineProperty(new Keyed([[1, 2]]), 'size2', { value: 2 });
  const arrived = cross(keyed) as Arrived;
  expect([arrived.get(1), arrived.size2, Object.keys(arrived)]).toEqual([2, 2, []]);
});

test('a WeakMap among data is refused all the same', () => {
  expect(() => cross({ cache: new WeakMap() })).toThrow(/args\.cache.*a WeakMap cannot be read/);
});
