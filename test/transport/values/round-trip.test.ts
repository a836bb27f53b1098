/**
 * Random graphs of every sendable kind, nested, shared and cyclic: what arrives has the same shape, edge by edge.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../../../src/transport/values/encode.js';
import { hold } from '../../../src/transport/values/hold.js';
import { look } from '../../../src/transport/values/look.js';
import { boundary } from './crossing.js';
import { difference } from './difference.js';

class Point {
  x: unknown = 1;
}
class Point3 extends Point {
  z: unknown = 3;
}
class Registry extends Map {}
class Group extends Set {}
class List extends Array {}
class Failure extends Error {
  code: unknown = 'E';
}
function greet() {}
const counter = function counter() {};

const primitive = fc.oneof(
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, NaN, Infinity, '__proto__', Symbol.for('s'), Symbol.iterator),
);
const key = fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'length', '__proto__', 'constructor', '0', '7', 'toString'));

/** Kinds of nodes, by how they are made and how they are linked to others. */
const makers: Record<string, () => object> = {
  object: () => ({}),
  bare: () => Object.create(null) as object,
  array: () => [],
  map: () => new Map(),
  set: () => new Set(),
  date: () => new Date(12345),
  regexp: () => Object.assign(/a+/gi, { lastIndex: 2 }),
  point: () => new Point(),
  point3: () => new Point3(),
  registry: () => new Registry(),
  group: () => new Group(),
  list: () => new List(),
  error: () => new RangeError('range'),
  failure: () => new Failure('failed'),
  aggregate: () => new AggregateError([], 'all'),
  url: () => new URL('http://host/path?q=1'),
  buffer: () => Buffer.from('bytes'),
  bytes: () => new Uint16Array([1, 2, 3]),
  view: () => new DataView(new ArrayBuffer(3)),
  memory: () => new ArrayBuffer(4),
  boxed: () => Object('text') as object,
  greet: () => greet,
  point_class: () => Point,
  exception: () => new DOMException('stop', 'AbortError'),
  bound: () => counter,
};
const LEAVES = ['date', 'regexp', 'url', 'buffer', 'bytes', 'view', 'memory', 'boxed', 'greet', 'point_class', 'exception', 'bound'];

interface Edge {
  readonly from: number;
  readonly key: string;
  readonly to: number;
  readonly primitive: unknown;
  readonly direct: boolean;
}

const graph = fc
  .record({
    kinds: fc.array(fc.constantFrom(...Object.keys(makers)), { minLength: 1, maxLength: 12 }),
    edges: fc.array(fc.record({ from: fc.nat(11), key, to: fc.nat(11), primitive, direct: fc.boolean() }), { maxLength: 30 }),
    listed: fc.boolean(),
  })
  .map(({ kinds, edges, listed }) => {
    const nodes = kinds.map((kind) => make(kind));
    for (const edge of edges) link(nodes, kinds, edge);
    // Listed, all are reached, from near the root; else some are reached only through others.
    return listed ? { root: nodes[0], nodes } : [nodes[0], nodes[1]];
  });

function make(kind: string): object {
  return makers[kind]?.() ?? {};
}

function link(nodes: object[], kinds: string[], { from, key, to, primitive, direct }: Edge): void {
  const source = nodes[from % nodes.length] as object;
  const kind = kinds[from % nodes.length] as string;
  if (LEAVES.includes(kind)) return;
  const target = direct ? primitive : nodes[to % nodes.length];
  if (source instanceof Map) source.set(from % 2 === 0 ? key : nodes[(to + 1) % nodes.length], target);
  else if (source instanceof Set) source.add(target);
  else if (Array.isArray(source) && key !== 'length') source[to] = target;
  else if (source instanceof Error && !['a', 'b', 'x'].includes(key))
    Object.defineProperty(source, 'cause', { value: target, writable: true, configurable: true });
  else if (key !== 'length') Object.defineProperty(source, key, { value: target, writable: true, enumerable: true, configurable: true });
}

const { cross, receive, options } = boundary();

test('any graph arrives with its shape, its classes and its identities', () => {
  fc.assert(
    fc.property(graph, (value) => {
      expect(difference(value, cross(value))).toBe(undefined);
    }),
    { numRuns: 1_500 },
  );
});

test('any graph may wait before it is sent, and be sent twice', () => {
  fc.assert(
    fc.property(graph, (value) => {
      const held = hold(encode(value, options));
      expect(difference(value, receive(held))).toBe(undefined);
      expect(difference(value, receive(held))).toBe(undefined);
    }),
    { numRuns: 300 },
  );
});

test('what the look calls plain, structured clone alone carries', () => {
  fc.assert(
    fc.property(graph, (value) => {
      fc.pre(look(value) === 'plain');
      expect(difference(value, structuredClone(value))).toBe(undefined);
    }),
    { numRuns: 500 },
  );
});

test('any JSON is plain, and arrives', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(look(value)).not.toBe('special');
      expect(difference(value, cross(value))).toBe(undefined);
      expect(difference([value, parseInt], cross([value, parseInt]))).toBe(undefined);
    }),
    { numRuns: 300 },
  );
});

test('whatever it is, it crosses or is refused with a path: nothing else is ever thrown', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
    withBoxedValues: true,
  });
  const odd = fc.constantFrom<unknown>(
    new WeakMap(),
    Promise.resolve(),
    Symbol('x'),
    new Proxy({}, {}),
    Proxy.revocable({}, {}).proxy,
    [][Symbol.iterator](),
    new Response(''),
    {
      get a() {
        throw 1;
      },
    },
    new Proxy([], {
      get() {
        throw 1;
      },
    }),
    globalThis.process,
  );
  fc.assert(
    fc.property(anything, odd, fc.boolean(), (value, strange, both) => {
      try {
        expect(difference(value, cross(value))).toBe(undefined);
        cross(both ? [value, strange] : strange);
      } catch (error) {
        expect(error).toMatchObject({
          code: /^ERR_(?:VALUE|FUNCTION)_NOT_SENDABLE$/.exec(String((error as { code: unknown }).code))?.[0] ?? 'typed',
          path: expect.stringMatching(/^args/),
        });
      }
    }),
    { numRuns: 500 },
  );
});
