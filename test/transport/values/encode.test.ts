import { createSecretKey } from 'node:crypto';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { encode, encodeCall } from '../../../src/transport/values/encode.js';
import { type Arrived, boundary } from './crossing.js';

class Point {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
  sum() {
    return this.x + this.y;
  }
}
class Point3 extends Point {
  z = 3;
}
class Registry extends Map<string, unknown> {
  first() {
    return [...this.keys()][0];
  }
}
class Names extends Set<string> {}
class List extends Array<number> {
  last() {
    return this[this.length - 1];
  }
}
class Bytes extends Uint8Array {}
class Moment extends Date {}
class Bus extends EventEmitter {
  topic = 'a';
}

const { cross } = boundary();

describe('what structured clone carries, crosses untouched', () => {
  const values: [string, unknown][] = [
    ['primitives', [1, 'a', true, null, undefined, 1n, -0, NaN]],
    ['nested data', { a: [{ b: new Map([[{ k: 1 }, new Set([1])]]) }] }],
    ['dates', new Date(5)],
    ['boxed primitives', [Object(1), Object('a'), Object(1n), Object(false)]],
    ['typed arrays', [new Uint8Array([1]), new Float64Array([1.5]), new BigInt64Array([1n]), new DataView(new ArrayBuffer(2))]],
  ];
  test.each(values)('%s', (_, value) => {
    expect(encode(value, boundary().options).packed).toBe(false);
    expect(cross(value)).toEqual(value);
  });

  test('holes stay holes, undefined stays undefined, and -0 keeps its sign', () => {
    const holed: unknown[] = [];
    holed[3] = { f: parseInt };
    holed[1] = undefined;
    holed[2] = -0;
    const list = cross(holed);
    expect(0 in list).toBe(false);
    expect(1 in list).toBe(true);
    expect(Object.is(list[2], -0)).toBe(true);
    expect(list).toHaveLength(4);
  });
});

describe('what structured clone loses, arrives', () => {
  test('a Buffer is a Buffer, nested too, and carries its own bytes only', () => {
    const small = Buffer.from('hello');
    const { deep } = cross({ deep: [small] });
    expect(Buffer.isBuffer(deep[0])).toBe(true);
    expect(deep[0].toString()).toBe('hello');
    expect(deep[0].buffer.byteLength).toBe(5);
    expect(cross(Buffer.alloc(0))).toEqual(Buffer.alloc(0));
  });
  test('a Buffer on shared memory goes on sharing it', () => {
    const shared = new SharedArrayBuffer(16);
    const arrived = cross([Buffer.from(shared, 4, 8)])[0];
    arrived[0] = 7;
    expect(new Uint8Array(shared)[4]).toBe(7);
    expect(Buffer.isBuffer(arrived)).toBe(true);
    expect(arrived.byteLength).toBe(8);
  });
  test('a RegExp keeps lastIndex', () => {
    const regexp = /a/g;
    regexp.lastIndex = 3;
    expect(cross(regexp).lastIndex).toBe(3);
    expect(Object.getOwnPropertyDescriptor(cross(regexp), 'lastIndex')).toEqual(Object.getOwnPropertyDescriptor(regexp, 'lastIndex'));
  });
  test('an object without a prototype gets none', () => {
    const bare = Object.assign(Object.create(null), { a: Object.create(null) });
    const arrived = cross(bare);
    expect(Object.getPrototypeOf(arrived)).toBe(null);
    expect(Object.getPrototypeOf(arrived.a)).toBe(null);
  });
  test('the class of an instance that names it by itself, because several classes share one prototype', () => {
    const shared = { double: () => 2 };
    function One(this: object): void {
      this.constructor = One;
    }
    One.prototype = shared;
    const home = boundary({ orphans: 'plain' });
    expect(Object.getPrototypeOf(home.cross(Reflect.construct(One, [])))).toBe(shared);
  });
  test('what a RegExp matched keeps its groups', () => {
    const match = cross(/(?<word>a)/.exec('a'));
    expect(match.index).toBe(0);
    expect(match.groups.word).toBe('a');
    expect(Object.getPrototypeOf(match.groups)).toBe(null);
  });
  test('URL and URLSearchParams', () => {
    expect(cross(new URL('http://a/?b=1')).searchParams.get('b')).toBe('1');
    expect(cross([new URLSearchParams('a=1&a=2')])[0].getAll('a')).toEqual(['1', '2']);
    expect(cross(new URL('http://a/'))).toBeInstanceOf(URL);
  });

  test("a URL's own parameters change it there, too, whichever of both is met first", () => {
    const url = new URL('http://a/?b=1');
    for (const { first, last } of [cross({ first: url, last: url.searchParams }), cross({ last: url.searchParams, first: url })]) {
      last.set('b', '2');
      expect(String(first)).toBe('http://a/?b=2');
    }
    const { first, last } = cross({ first: url, last: new URLSearchParams('b=1') });
    last.set('b', '2');
    expect(String(first)).toBe('http://a/?b=1');
  });
  test('registered and well-known symbols, as values and as keys', () => {
    const key = Symbol.for('key');
    const arrived = cross({ value: Symbol.iterator, [key]: { deep: 1 }, [Symbol.toStringTag]: 'Tag', map: new Map([[key, key]]) });
    expect(arrived.value).toBe(Symbol.iterator);
    expect(arrived[key]).toEqual({ deep: 1 });
    expect(String(arrived)).toBe('[object Tag]');
    expect(arrived.map.get(key)).toBe(key);
  });
  test('a unique symbol for a key is left out, as structured clone leaves it out', () => {
    expect(Reflect.ownKeys(cross({ a: 1, [Symbol('own')]: () => {} }))).toEqual(['a']);
  });
  test('properties of arrays, Maps and Dates', () => {
    expect(cross(Object.assign([1, 2], { point: new Point(1, 2) })).point.sum()).toBe(3);
    expect(
      cross(
        Object.assign(
          Array.from({ length: 100 }, (_, i) => i),
          { point: new Point(1, 2) },
        ),
      ).point.sum(),
    ).toBe(3);
    expect(cross(Object.assign(new Map([[1, 2]]), { a: 1 })).a).toBe(1);
    expect(cross(Object.assign(new Date(1), { a: 1 })).a).toBe(1);
  });
  test('a property called __proto__ stays a property', () => {
    const value = JSON.parse('{"__proto__": {"a": 1}, "b": 1}');
    for (const arrived of [
      cross(value),
      cross({ ...value, f: parseInt }),
      cross(Object.defineProperty({}, '__proto__', { value: parseInt, enumerable: true })),
    ]) {
      expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
      expect(Object.hasOwn(arrived, '__proto__')).toBe(true);
    }
  });
  test('functions, wherever they stand', () => {
    const f = () => 1;
    const arrived = cross({ f, list: [f], map: new Map<unknown, unknown>([[f, f]]), set: new Set([f]) });
    expect([arrived.f, arrived.list[0], arrived.map.get(f), arrived.set.has(f)]).toEqual([f, f, f, true]);
  });
  test('the order of properties and of entries', () => {
    const arrived = cross({
      a: parseInt,
      b: 1,
      c: parseFloat,
      map: new Map<unknown, unknown>([
        [1, 1],
        [parseInt, 2],
        [2, 3],
      ]),
      set: new Set([1, parseInt, 2]),
    });
    expect(Object.keys(arrived)).toEqual(['a', 'b', 'c', 'map', 'set']);
    expect([...arrived.map.keys()]).toEqual([1, parseInt, 2]);
    expect([...arrived.set]).toEqual([1, parseInt, 2]);
  });
});

describe('instances keep their class', () => {
  const values: [string, object, (arrived: Arrived) => unknown, unknown][] = [
    ['a class', new Point(1, 2), (p) => p.sum(), 3],
    ['a subclass', new Point3(1, 2), (p) => [p.sum(), p.z], [3, 3]],
    ['a Map', new Registry([['a', 1]]), (r) => [r.first(), r.get('a')], ['a', 1]],
    ['a Map with specials', new Registry([['a', parseInt]]), (r) => [r.first(), r.get('a')], ['a', parseInt]],
    ['a Set', new Names(['a']), (s) => s.has('a'), true],
    ['an Array', List.from([1, 2]), (l) => [l.last(), l.length], [2, 2]],
    ['a typed array', new Bytes([1, 2]), (b) => [b[1], b.length], [2, 2]],
    ['a Date', new Moment(5), (d) => d.getTime(), 5],
    ['an EventEmitter', new Bus().on('a', parseInt), (b) => [b.topic, b.listeners('a')], ['a', [parseInt]]],
  ];
  test.each(values)('of %s', (_, value, use, expected) => {
    const arrived = cross([value])[0];
    expect(Object.getPrototypeOf(arrived)).toBe(Object.getPrototypeOf(value));
    expect(use(arrived)).toEqual(expected);
  });
  test('what node:fs returns: Stats, BigIntStats, StatFs, Dirent', () => {
    const [stats, big, file, entry] = cross([
      fs.statSync('.'),
      fs.statSync('.', { bigint: true }),
      fs.statfsSync('.'),
      fs.readdirSync('src', { withFileTypes: true }).find(({ name }) => name === 'transport'),
    ]);
    const here = fs.statSync('.');
    expect([stats.isDirectory(), stats.mtimeMs, stats.mtime, stats.atime]).toEqual([true, here.mtimeMs, here.mtime, here.atime]);
    expect([big.isDirectory(), big.size, big.mtimeNs]).toEqual([true, BigInt(here.size), fs.statSync('.', { bigint: true }).mtimeNs]);
    expect([entry.isDirectory(), entry.name]).toEqual([true, 'transport']);
    expect(Object.getPrototypeOf(file)).toBe(Object.getPrototypeOf(fs.statfsSync('.')));
  });
  test('objects of another realm are what they are called there', () => {
    const foreign = runInContext(
      '({ list: [1], map: new Map([[1, { a: 1 }]]), error: new TypeError("no"), date: new Date(5), regexp: /a/ })',
      createContext({}),
    );
    const arrived = cross(foreign);
    expect(arrived.error).toBeInstanceOf(TypeError);
    expect(arrived.map).toEqual(new Map([[1, { a: 1 }]]));
    expect(Object.getPrototypeOf(arrived.map.get(1))).toBe(Object.prototype);
  });
  test('a result of a class that cannot cross arrives as plain data', () => {
    const back = boundary({ orphans: 'plain', rootPath: 'result' });
    back.refuse(Point);
    expect(back.cross([new Point(1, 2)])[0]).toEqual({ x: 1, y: 2 });
    expect(Object.getPrototypeOf(back.cross([new Point(1, 2)])[0])).toBe(Object.prototype);
    back.capturing(
      Point3,
      () => [
        { name: 'shared', value: {} },
        { name: 'db', value: Promise.resolve() },
      ],
      () => Point3,
    );
    const encoded = encode([new Point3(1, 2), parseInt], back.options);
    expect(back.receive(encoded)).toEqual([{ x: 1, y: 2, z: 3 }, parseInt]);
    expect(encoded.descriptions).toHaveLength(1);
  });
});

describe('what Node itself can clone, goes by its own way', () => {
  test('KeyObject, BlockList, Blob, File, Histogram, CryptoKey', async () => {
    const list = new net.BlockList();
    list.addAddress('1.2.3.4');
    const key = createSecretKey(Buffer.from('secret'));
    const cryptoKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt']);
    const arrived = cross({ key, list, blob: new Blob(['text']), histogram: createHistogram(), cryptoKey, f: parseInt });
    expect(arrived.key.export()).toEqual(Buffer.from('secret'));
    expect(arrived.list.check('1.2.3.4')).toBe(true);
    expect(await arrived.blob.text()).toBe('text');
    expect(arrived.histogram.count).toBe(0);
    expect(arrived.cryptoKey.type).toBe('secret');
  });
  test('a compiled WebAssembly module', () => {
    const Module = (globalThis as Arrived).WebAssembly.Module;
    expect(cross({ module: new Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) }).module).toBeInstanceOf(Module);
  });
});

describe('identity is kept', () => {
  test('what is reached twice arrives once, cycles close, through specials too', () => {
    const point: Arrived = Object.assign(new Point(1, 2), { self: null as unknown });
    point.self = point;
    const shared = { f: parseInt };
    const value: Arrived = {
      point,
      again: [point],
      shared,
      map: new Map<unknown, unknown>([
        [shared, point],
        [point, shared],
      ]),
      set: new Set([shared]),
      error: new Error('a', { cause: point }),
    };
    value.value = value;
    const arrived = cross(value);
    expect(arrived.value).toBe(arrived);
    expect(arrived.point.self).toBe(arrived.point);
    expect(arrived.again[0]).toBe(arrived.point);
    expect(arrived.map.get(arrived.shared)).toBe(arrived.point);
    expect(arrived.map.get(arrived.point)).toBe(arrived.shared);
    expect(arrived.set.has(arrived.shared)).toBe(true);
    expect(arrived.error.cause).toBe(arrived.point);
  });
  test('two views of one buffer look at one buffer again', () => {
    const memory = new ArrayBuffer(8);
    const { a, b } = cross({ a: new Uint8Array(memory), b: new Uint8Array(memory, 4), f: parseInt });
    b[0] = 9;
    expect(a[4]).toBe(9);
  });
  test('a function and its arguments share what they share', () => {
    const here = boundary();
    const shared = { n: 1, list: [1] };
    const fn = here.capturing(
      function peek() {},
      () => [{ name: 'shared', value: shared }],
      (captures) => () => captures()[0],
    );
    const call = here.crossCall(fn, [shared, { shared }]);
    expect(call.fn()).toBe(call.args[0]);
    expect(call.args[1].shared).toBe(call.args[0]);
    expect(call.args[0]).toEqual(shared);
  });
  test('a function that captures itself, and two that capture each other', () => {
    const here = boundary();
    const even: Arrived = here.capturing(
      function even() {},
      () => [{ name: 'odd', value: odd }],
      (captures) => () => captures()[0],
    );
    const odd: Arrived = here.capturing(
      function odd() {},
      () => [
        { name: 'even', value: even },
        { name: 'odd', value: odd },
      ],
      (captures) => () => captures(),
    );
    const arrived = here.crossCall(even, []).fn;
    const [back, self] = arrived()();
    expect(back).toBe(arrived);
    expect(self).toBe(arrived());
  });
});

describe('depth', () => {
  const shapes: [string, (next: unknown) => unknown, (value: Arrived) => Arrived][] = [
    ['objects', (next) => ({ next }), (value) => value.next],
    ['arrays', (next) => [next], (value) => value[0]],
    ['Maps', (next) => new Map([[1, next]]), (value) => value.get(1)],
    ['errors', (cause) => new Error('a', { cause }), (value) => value.cause],
    ['instances', (next) => Object.assign(new Point(1, 2), { next }), (value) => value.next],
  ];
  test.each(shapes)('%s nested 10,000 deep cross', (_, wrap, unwrap) => {
    let value: unknown = { end: parseInt };
    for (let i = 0; i < 10_000; i++) value = wrap(value);
    let arrived = cross([value])[0];
    for (let i = 0; i < 10_000; i++) arrived = unwrap(arrived);
    expect(arrived.end).toBe(parseInt);
  });
  test('a list linked both ways crosses, however long', () => {
    const nodes: Arrived[] = Array.from({ length: 20_000 }, (_, i) => ({ i, next: null, previous: null }));
    for (const [i, node] of nodes.entries()) Object.assign(node, { next: nodes[i + 1], previous: nodes[i - 1] });
    for (const value of [nodes[0], nodes[10_000], { nodes }, { first: nodes[19_999], nodes, f: parseInt }]) {
      const arrived = cross(value);
      let node = arrived.nodes ? arrived.nodes[5_000] : arrived;
      for (let i = 0; i < 5_000; i++) node = node.next ?? node.previous;
      expect(typeof node.i).toBe('number');
      expect(node.next?.previous ?? node).toBe(node);
    }
  });
});

describe('calls', () => {
  test('a function that captures nothing leaves plain arguments as they are', () => {
    const { describe, options } = boundary();
    const args = [1, { a: 1 }];
    const encoded = encodeCall(parseInt, describe(parseInt), args, options);
    expect(encoded).toMatchObject({ fn: 1, packed: false, objects: true });
    expect(encoded.payload).toBe(args);
    expect(encodeCall(parseInt, describe(parseInt), [1, 'a'], options).objects).toBe(false);
  });
  test('each function is described once, whatever refers to it', () => {
    const { describe, options } = boundary();
    expect(encodeCall(parseInt, describe(parseInt), [parseFloat, parseFloat], options).descriptions.map(({ id }) => id)).toEqual([1, 2]);
  });
  test('a getter runs once where something is packed', () => {
    let reads = 0;
    const arrived = cross([
      parseInt,
      {
        get n() {
          return ++reads;
        },
      },
    ]);
    expect([reads, arrived[1].n]).toEqual([1, 1]);
  });
});
