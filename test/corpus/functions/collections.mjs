// biome-ignore-all format: a table, one case a line
// Collections and functional packages: currying, partial application, persistent structures.

import { bin, extent, group, max, rollup } from 'd3-array';
import { scaleLinear, scaleOrdinal } from 'd3-scale';
import deepmerge from 'deepmerge';
import equal from 'fast-deep-equal';
import { produce } from 'immer';
import { fromJS, Map as ImmutableMap, Set as ImmutableSet, List, Record } from 'immutable';
import _ from 'lodash';
import fp from 'lodash/fp.js';
import { chunk, flow, groupBy, sortBy } from 'lodash-es';
import { LRUCache } from 'lru-cache';
import naturalCompare from 'natural-compare';
import hash from 'object-hash';
import picomatch from 'picomatch';
import * as R from 'ramda';
import underscore, { countBy } from 'underscore';
import { produceWithPatches } from './setup/immer.mjs';

const people = [
  { name: 'Ada', born: 1815, field: 'mathematics' },
  { name: 'Grace', born: 1906, field: 'computing' },
  { name: 'Alan', born: 1912, field: 'computing' },
];

function filledCache() {
  const cache = new LRUCache({ max: 3 });
  for (const [n, key] of ['a', 'b', 'c'].entries()) cache.set(key, { n });
  return cache;
}

export default [
  { name: 'lodash: chunk', make: () => ({ fn: _.chunk, args: [[1, 2, 3, 4, 5], 2] }) },
  { name: 'lodash: groupBy with a property name', make: () => ({ fn: _.groupBy, args: [people, 'field'] }) },
  { name: 'lodash: sortBy with a function argument', make: () => ({ fn: _.sortBy, args: [people, (p) => -p.born] }) },
  { name: 'lodash: partial', make: () => ({ fn: _.partial(_.pick, people[0]), args: [['name', 'born']] }) },
  { name: 'lodash: partial with a placeholder', make: () => ({ fn: _.partial(_.range, _, 20, 3), args: [2] }) },
  { name: 'lodash: partialRight', make: () => ({ fn: _.partialRight(_.padEnd, '*'), args: ['abc', 8] }) },
  { name: 'lodash: curry', make: () => ({ fn: _.curry((a, b, c) => [a, b, c])('x')('y'), args: ['z'] }) },
  { name: 'lodash: memoize', make: () => ({ fn: _.memoize((n) => n ** 3), args: [7] }) },
  { name: 'lodash: memoize, its cache filled before', make: () => warmed(_.memoize((n) => n ** 3)) },
  { name: 'lodash: flow', make: () => ({ fn: _.flow([_.trim, _.toUpper, _.words]), args: ['  ab cd '] }) },
  { name: 'lodash: overEvery', make: () => ({ fn: _.overEvery([_.isFinite, (n) => n > 3]), args: [4] }) },
  { name: 'lodash: matches', make: () => ({ fn: _.filter, args: [people, _.matches({ field: 'computing' })] }) },
  { name: 'lodash: property of a path', make: () => ({ fn: _.property('a.b[1]'), args: [{ a: { b: [1, 2] } }] }) },
  { name: 'lodash: negate', make: () => ({ fn: _.negate(_.isEmpty), args: [[1]] }) },
  { name: 'lodash: once', make: () => ({ fn: _.once((x) => ({ x })), args: [3] }) },
  { name: 'lodash: ary', make: () => ({ fn: (list) => list.map(_.ary(parseInt, 1)), args: [['6', '8', '10']] }) },
  { name: 'lodash: bind', make: () => ({ fn: _.bind(greet, { greeting: 'Hi' }, 'you'), args: ['!'] }) },
  { name: 'lodash: template', make: () => ({ fn: _.template('<% rows.forEach(r => { %><li><%- r %></li><% }) %>'), args: [{ rows: ['a<b', 'c'] }] }) },
  { name: 'lodash: a chain inside a closure', make: () => ({ fn: (min) => _(people).filter((p) => p.born > min).map('name').sort().value(), args: [1900] }) },
  { name: 'lodash: cloneDeepWith a customizer', make: () => ({ fn: _.cloneDeepWith, args: [{ a: [1, 2], b: 3 }, (v) => (typeof v === 'number' ? v * 2 : undefined)] }) },
  { name: 'lodash/fp: compose of curried functions', make: () => ({ fn: fp.compose(fp.sum, fp.map('born'), fp.filter({ field: 'computing' })), args: [people] }) },
  { name: 'lodash/fp: map with the function given', make: () => ({ fn: fp.map((p) => p.name), args: [people] }) },
  { name: 'lodash/fp: set is immutable', make: () => ({ fn: fp.set('a.b', 3), args: [{ a: { b: 1, c: 2 } }] }) },
  { name: 'lodash-es: chunk', make: () => ({ fn: chunk, args: [['a', 'b', 'c'], 2] }) },
  { name: 'lodash-es: flow of two imports', make: () => ({ fn: flow(sortBy, (rows) => groupBy(rows, 'field')), args: [people] }) },
  { name: 'underscore: countBy', make: () => ({ fn: countBy, args: [[1, 2, 3, 4], (n) => (n % 2 ? 'odd' : 'even')] }) },
  { name: 'underscore: partial', make: () => ({ fn: underscore.partial((a, b, c) => a + b + c, 1, underscore, 3), args: [10] }) },
  { name: 'underscore: template', make: () => ({ fn: underscore.template('Hello <%= name %>'), args: [{ name: 'Ada' }] }) },
  { name: 'underscore: compose', make: () => ({ fn: underscore.compose((s) => `${s}!`, (s) => s.toUpperCase()), args: ['hi'] }) },
  { name: 'ramda: curried add, half applied', make: () => ({ fn: R.add(10), args: [5] }) },
  { name: 'ramda: map, half applied', make: () => ({ fn: R.map(R.multiply(2)), args: [[1, 2, 3]] }) },
  { name: 'ramda: pipe', make: () => ({ fn: R.pipe(R.filter(R.propEq('computing', 'field')), R.pluck('name'), R.join(', ')), args: [people] }) },
  { name: 'ramda: curry of a local function', make: () => ({ fn: R.curry((a, b, c) => a * b + c)(2, 3), args: [4] }) },
  { name: 'ramda: placeholder', make: () => ({ fn: R.subtract(R.__, 5), args: [12] }) },
  { name: 'ramda: over a lens', make: () => ({ fn: R.over(R.lensPath(['a', 'b']), R.inc), args: [{ a: { b: 1 } }] }) },
  { name: 'ramda: cond', make: () => ({ fn: R.cond([[R.equals(0), R.always('zero')], [R.T, (n) => `other ${n}`]]), args: [3] }) },
  { name: 'ramda: converge', make: () => ({ fn: R.converge(R.divide, [R.sum, R.length]), args: [[1, 2, 3, 4]] }) },
  { name: 'ramda: a transducer', make: () => ({ fn: R.into([], R.compose(R.map(R.inc), R.take(2))), args: [[5, 6, 7]] }) },
  { name: 'ramda: memoizeWith', make: () => ({ fn: R.memoizeWith(String, (n) => n * 2), args: [21] }) },
  { name: 'immutable: a Map captured', make: () => ({ fn: captured(ImmutableMap({ a: 1, b: 2 })), args: ['b'] }) },
  { name: 'immutable: a large Map captured', make: () => ({ fn: captured(ImmutableMap(Array.from({ length: 2000 }, (_v, i) => [`k${i}`, i]))), args: ['k1999'] }) },
  { name: 'immutable: a List argument', make: () => ({ fn: (list) => list.map((n) => n * 2).toArray(), args: [List([1, 2, 3])] }) },
  { name: 'immutable: a List as the result', make: () => ({ fn: (n) => List([n]).push(n + 1), args: [1] }), compare: (actual, expected) => List.isList(actual) && actual.equals(expected) },
  { name: 'immutable: fromJS and updateIn', make: () => ({ fn: (o) => fromJS(o).updateIn(['a', 'b'], (n) => n + 1).toJS(), args: [{ a: { b: 1 } }] }) },
  { name: 'immutable: Set operations', make: () => ({ fn: (a, b) => ImmutableSet(a).union(b).toArray().sort(), args: [[1, 2], [2, 3]] }) },
  { name: 'immutable: a Record class made here', make: () => ({ fn: recordReader(Record({ x: 1, y: 2 })), args: [{ y: 5 }] }) },
  { name: 'immer: produce with a closure recipe', make: () => ({ fn: (state) => produce(state, (draft) => { draft.todos.push('b'); }), args: [{ todos: ['a'] }] }) },
  { name: 'immer: curried produce', make: () => ({ fn: produce((draft, by) => { draft.count += by; }), args: [{ count: 1 }, 4] }) },
  { name: 'immer: produceWithPatches', make: () => ({ fn: (base) => produceWithPatches(base, (draft) => { draft.a = 2; }), args: [{ a: 1 }] }) },
  { name: 'deepmerge: two objects', make: () => ({ fn: deepmerge, args: [{ a: { b: 1 }, l: [1] }, { a: { c: 2 }, l: [2] }] }) },
  { name: 'deepmerge: all, with arrayMerge', make: () => ({ fn: deepmerge.all, args: [[{ l: [1] }, { l: [2] }], { arrayMerge: (_a, b) => b }] }) },
  { name: 'fast-deep-equal: nested', make: () => ({ fn: equal, args: [{ a: [1, new Date(5)] }, { a: [1, new Date(5)] }] }) },
  { name: 'object-hash: sha1 of an object', make: () => ({ fn: hash, args: [{ b: 1, a: [1, 2] }, { algorithm: 'sha1' }] }) },
  { name: 'object-hash: MD5 by its member', make: () => ({ fn: hash.MD5, args: [people] }) },
  { name: 'natural-compare: as a comparator', make: () => ({ fn: (names) => [...names].sort(naturalCompare), args: [['img12', 'img2', 'img1']] }) },
  { name: 'd3-array: extent with an accessor', make: () => ({ fn: extent, args: [people, (p) => p.born] }) },
  { name: 'd3-array: bin, configured', make: () => ({ fn: (values) => bin().domain([0, 10]).thresholds(5)(values).map((b) => [b.x0, b.x1, b.length]), args: [[1, 2, 3, 7, 9]] }) },
  { name: 'd3-array: a configured bin generator itself', make: () => ({ fn: bin().domain([0, 10]).thresholds(5), args: [[1, 2, 3, 7, 9]] }) },
  { name: 'd3-array: group', make: () => ({ fn: group, args: [people, (p) => p.field] }), compare: (actual, expected) => equalEntries(actual, expected) },
  { name: 'd3-array: rollup', make: () => ({ fn: rollup, args: [people, (rows) => max(rows, (p) => p.born), (p) => p.field] }), compare: (actual, expected) => equalEntries(actual, expected) },
  { name: 'd3-scale: a configured linear scale', make: () => ({ fn: scaleLinear().domain([0, 10]).range([0, 500]), args: [4] }) },
  { name: 'd3-scale: a configured ordinal scale', make: () => ({ fn: scaleOrdinal(['a', 'b'], ['red', 'blue']), args: ['b'] }) },
  { name: 'lru-cache: made inside the task', make: () => ({ fn: (n) => { const cache = new LRUCache({ max: 2 }); for (let i = 0; i < n; i++) cache.set(i, i * i); return [...cache.entries()]; }, args: [5] }) },
  { name: 'lru-cache: an instance with private state, captured', make: () => { const cache = filledCache(); return { fn: (key) => [cache.get(key), cache.size, [...cache.keys()]], args: ['a'] }; } },
  { name: 'lru-cache: an instance as an argument', make: () => ({ fn: (cache) => [cache.get('a'), cache.set('d', 4).size, [...cache.values()]], args: [filledCache()] }) },
  { name: 'lru-cache: a bound method', make: () => { const cache = filledCache(); return { fn: cache.get.bind(cache), args: ['b'] }; } },
  { name: 'picomatch: a compiled matcher', make: () => ({ fn: picomatch('src/**/*.{js,ts}'), args: ['src/a/b.ts'] }) },
];

function warmed(fn) {
  fn(7);
  return { fn, args: [7] };
}

function greet(who, mark) {
  return `${this.greeting} ${who}${mark}`;
}

function captured(map) {
  return (key) => map.get(key) + map.size;
}

function recordReader(Point) {
  return (values) => new Point(values).set('x', 9).toJS();
}

// Both are InternMaps: the entries are what counts, whichever Map class arrives.
function equalEntries(actual, expected) {
  return equal([...actual], [...expected]);
}
