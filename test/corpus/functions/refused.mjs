// biome-ignore-all format: a table, one case a line
// What cannot cross, from the same packages: each is refused with the reason, and the path leads to it.
// Everything is made inside `make`: a value that a module holds would be reached by reference instead.

import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer, Socket } from 'node:net';
import zlib from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { parse as parseCsvStream } from 'csv-parse';
import { Seq } from 'immutable';
import _ from 'lodash';
import { LRUCache } from 'lru-cache';
import { parse as parseMath } from 'mathjs';
import pug from 'pug';

const refused = 'ERR_FUNCTION_NOT_SENDABLE';
const notValue = 'ERR_VALUE_NOT_SENDABLE';

export default [
  { name: 'csv-parse: a parser stream captured', make: () => withCapture('parser', parseCsvStream()), expect: { code: refused, path: 'parser' } },
  { name: 'csv-parse: a parser stream as an argument', make: () => ({ fn: (stream) => stream.read(), args: [parseCsvStream()] }), expect: { code: notValue, path: 'args[0]' } },
  // Its methods leave functions in it that use private names themselves.
  { name: 'lru-cache: an instance with times to live, captured', make: () => lruReader(new LRUCache({ max: 10, ttl: 1_000 })), expect: { code: refused, path: 'cache' } },
  { name: '@resvg/resvg-js: a native instance captured', make: () => nativeReader(new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')), expect: { code: refused, path: 'renderer' } },
  { name: 'lodash: memoize with a WeakMap as its cache', make: () => weaklyMemoized(), expect: { code: refused, path: 'cache' } },
  // It leads to all that its engine is made of, thousands of functions: a copy of each would cross at each call.
  { name: 'mathjs: a compiled expression captured', make: () => ({ fn: evaluator(parseMath('3 x^2 + sin(0)').compile()), args: [2] }), expect: { code: refused, path: 'compiled' } },
  { name: 'pug: a compiled template that gets a socket', make: () => ({ fn: pug.compile('p= name'), args: [{ name: 'x', socket: new Socket() }] }), expect: { code: notValue, path: 'args[0].socket' } },
  { name: 'node: a server captured', make: () => serverReader(createServer()), expect: { code: refused, path: 'server' } },
  { name: 'node: a socket deep inside captured data', make: () => deepReader({ pool: { members: [{ socket: new Socket() }] } }), expect: { code: refused, path: 'socket' } },
  { name: 'node: a read stream inside a captured Map', make: () => mapReader(new Map([['file', createReadStream('/dev/null')]])), expect: { code: refused, path: 'files' } },
  { name: 'node: a Hash object in use', make: () => hashReader(createHash('sha1')), expect: { code: refused, path: 'hash' } },
  { name: 'node: a promise captured', make: () => promiseReader(Promise.resolve(1)), expect: { code: refused, path: 'later' } },
  { name: 'node: a generator object captured', make: () => generatorReader(counting()), expect: { code: refused, path: 'numbers' } },
  { name: 'node: a WeakMap captured', make: () => weakReader(new WeakMap()), expect: { code: refused, path: 'seen' } },
  { name: 'node: a gzip stream in an argument\'s Set', make: () => ({ fn: (set) => set.size, args: [new Set([zlib.createGzip()])] }), expect: { code: notValue, path: 'args[0]' } },
  { name: 'node: a native function that no name reaches', make: () => resolverReader(), expect: { code: refused, path: 'resolve' } },
  { name: 'node: an emitter that holds a socket among its listeners', make: () => emitterReader(), expect: { code: refused, path: 'bus' } },
  { name: 'immutable: a lazy Seq over a generator', make: () => seqReader(Seq(counting())), expect: { code: refused, path: 'sequence' } },
];

function withCapture(_name, parser) {
  return { fn: (text) => parser.write(text), args: ['a'] };
}

function lruReader(cache) {
  return { fn: (key) => cache.get(key), args: ['a'] };
}

function nativeReader(renderer) {
  return { fn: () => renderer.render().width, args: [] };
}

function evaluator(compiled) {
  return (x) => compiled.evaluate({ x });
}

function weaklyMemoized() {
  const memoized = _.memoize((o) => o.a);
  memoized.cache = new WeakMap();
  return { fn: memoized, args: [{ a: 1 }] };
}


function serverReader(server) {
  return { fn: () => server.listening, args: [] };
}

function deepReader(config) {
  return { fn: () => config.pool.members.length, args: [] };
}

function mapReader(files) {
  return { fn: () => files.size, args: [] };
}

function hashReader(hash) {
  return { fn: (text) => hash.copy().update(text).digest('hex'), args: ['a'] };
}

function promiseReader(later) {
  return { fn: async () => (await later) + 1, args: [] };
}

function* counting() {
  yield 1;
  yield 2;
}

function generatorReader(numbers) {
  return { fn: () => numbers.next().value, args: [] };
}

function weakReader(seen) {
  return { fn: (o) => seen.has(o), args: [{}] };
}

function resolverReader() {
  const { resolve } = Promise.withResolvers?.() ?? deferred();
  return { fn: (v) => resolve(v), args: [1] };
}

function deferred() {
  let resolve;
  const promise = new Promise((r) => { resolve = r; });
  return { promise, resolve };
}

function emitterReader() {
  const socket = new Socket();
  const bus = new EventEmitter();
  bus.on('ping', () => socket.write('x'));
  return { fn: () => bus.listenerCount('ping'), args: [] };
}

function seqReader(sequence) {
  return { fn: () => sequence.first(), args: [] };
}
