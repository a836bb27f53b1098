// biome-ignore-all lint: the forms are written as people write them, not as the house does
// biome-ignore-all format: as above
// What is captured, and what is in arguments and results: every kind of value.

const captured = (name, value, look, literal, options) => same(`captured: ${name}`, () => { const it = value(); return [Object.is(look, itself) ? () => it : (() => { const use = look; return () => use(it); })()]; }, literal, options);
const itself = () => {};

captured('a string, number, boolean, null, undefined', () => ['s', 1.5, true, null, undefined], itself, ['s', 1.5, true, null, undefined]);
captured('not a number, infinity, minus zero', () => [NaN, Infinity, -Infinity, -0], itself, [NaN, Infinity, -Infinity, -0]);
captured('a big integer', () => 2n ** 70n, itself, 1180591620717411303424n);
captured('an object with nested lists', () => ({ a: [1, { b: [2, [3]] }], c: {} }), itself, { a: [1, { b: [2, [3]] }], c: {} });
captured('a sparse array', () => [1, , 3], (a) => [a.length, 1 in a], [3, false]);
captured('a cycle', () => { const o = { n: 1 }; o.self = o; return o; }, (o) => o.self.self === o, true);
captured('an object without a prototype', () => Object.assign(Object.create(null), { a: 1 }), (o) => o.a, 1);
captured('a Map and a Set', () => [new Map([['a', { n: 1 }]]), new Set([1, 'b'])], itself, [new Map([['a', { n: 1 }]]), new Set([1, 'b'])]);
captured('a Map with functions as its values', () => new Map([['inc', (x) => x + 1], ['dec', (x) => x - 1]]), (m) => [m.get('inc')(1), m.get('dec')(1)], [2, 0]);
captured('a Map with a key that is an object', () => { const key = { k: 1 }; return { key, map: new Map([[key, 'found']]) }; }, ({ key, map }) => map.get(key), 'found');
captured('a Set of functions', () => new Set([(x) => x * 2, Math.sqrt]), (s) => [...s].map((f) => f(16)), [32, 4]);
captured('functions in lists and objects', () => ({ list: [(x) => x + 1, { f: (x) => x * 2 }], parse: JSON.parse }), (o) => [o.list[0](1), o.list[1].f(2), o.parse('[3]')], [2, 4, [3]]);
captured('a Date', () => new Date(86_400_000), (d) => [d instanceof Date, d.toISOString()], [true, '1970-01-02T00:00:00.000Z']);
captured('a regular expression', () => /a(?<n>b+)/gi, (r) => [r.flags, 'xABBx'.replace(r, '<$<n>>')], ['gi', 'x<BB>x']);
captured('typed arrays', () => [new Uint8Array([1, 2]), new Float64Array([1.5]), new BigInt64Array([-1n]), new Uint8ClampedArray([300])], itself, [new Uint8Array([1, 2]), new Float64Array([1.5]), new BigInt64Array([-1n]), new Uint8ClampedArray([255])]);
captured('two views of one ArrayBuffer', () => { const b = new ArrayBuffer(8); return [new Uint8Array(b), new Uint32Array(b, 4, 1), new DataView(b)]; }, ([a, b, v]) => { a[4] = 1; return [b[0], v.getUint8(4), a.buffer === b.buffer]; }, [1, 1, true]);
captured('a Buffer', () => Buffer.from('häß'), (b) => [Buffer.isBuffer(b), b.toString('hex')], [true, '68c3a4c39f']);
captured('a SharedArrayBuffer', () => new SharedArrayBuffer(4), (s) => [s instanceof SharedArrayBuffer, s.byteLength], [true, 4]);
captured('an Error with a cause and properties', () => Object.assign(new TypeError('bad', { cause: new RangeError('why') }), { code: 'E_BAD' }), (e) => [e instanceof TypeError, e.message, e.code, e.cause instanceof RangeError], [true, 'bad', 'E_BAD', true]);
captured('an AggregateError', () => new AggregateError([new Error('a'), 1], 'many'), (e) => [e instanceof AggregateError, e.errors[0].message, e.errors[1]], [true, 'a', 1]);
captured('a URL and its parameters', () => [new URL('https://example.org/a?b=1#c'), new URLSearchParams('x=1&x=2')], ([u, p]) => [u instanceof URL, u.href, u.searchParams.get('b'), p.getAll('x')], [true, 'https://example.org/a?b=1#c', '1', ['1', '2']]);
captured('symbols: registered and well-known', () => [Symbol.for('forms.captured'), Symbol.iterator], ([a, b]) => [a === Symbol.for('forms.captured'), b === Symbol.iterator], [true, true]);
captured('an object with a registered symbol as a key', () => ({ [Symbol.for('forms.key')]: 1 }), (o) => o[Symbol.for('forms.key')], 1);
captured('boxed primitives', () => [Object(1), Object('s'), Object(true), Object(2n)], (b) => b.map((x) => typeof x + x.valueOf()), ['object1', 'objects', 'objecttrue', 'object2']);
captured('a TextEncoder\'s class and other builtin classes', () => ({ TextEncoder, Map, URL, RangeError }), (c) => [new c.TextEncoder().encode('a').length, new c.Map([[1, 2]]).size, new c.URL('a:b').protocol, new c.RangeError('x') instanceof RangeError], [1, 1, 'a:', true]);
captured('moments of Temporal, where there is one', () => globalThis.Temporal && [Temporal.PlainDate.from('2024-02-29[u-ca=hebrew]'), Temporal.ZonedDateTime.from('2024-11-03T01:30-05:00[America/New_York]'), Temporal.Duration.from({ milliseconds: 99999 })], (all) => all?.map((it) => [it.constructor.name, it.toString(), it.milliseconds]));
same('argument: a moment of Temporal, where there is one', () => [(it) => it?.add({ days: 1 }).toString(), globalThis.Temporal?.PlainDate.from('2024-02-28')]);
captured('builtin functions and namespaces', () => [Math, JSON, Reflect.ownKeys, Array.from, Object.prototype.hasOwnProperty], ([m, j, keys, from, own]) => [m.max(1, 2), j.stringify([1]), keys({ a: 1 }), from('ab'), own.call({ a: 1 }, 'a')], [2, '[1]', ['a'], ['a', 'b'], true]);
captured('process, console and globalThis', () => [process, console, globalThis], ([p, c, g]) => [p.pid > 0, typeof c.log, g.Array === Array], [true, 'function', true]);
captured('a proxy of a plain object', () => new Proxy({ a: 1, l: [2] }, {}), (o) => [o.a, o.l[0]], [1, 2]);
form('captured: a proxy whose target cannot cross is refused', async (run) => { const p = new Proxy(new WeakMap(), {}); return (await failure(run(() => typeof p))).code; }, 'ERR_FUNCTION_NOT_SENDABLE', { direct: false });
captured('an object with an accessor: its value as of the call', () => ({ n: 2, get twice() { return this.n * 2; } }), (o) => o.twice, 4);
captured('a null and an undefined in a Map', () => new Map([[null, undefined], [undefined, null]]), (m) => [m.has(null), m.get(undefined)], [true, null]);
captured('a long string and many keys', () => ({ s: 'x'.repeat(100_000), m: Object.fromEntries(Array.from({ length: 1000 }, (_v, i) => [`k${i}`, i])) }), (o) => [o.s.length, o.m.k999], [100000, 999]);
captured('a deep nest', () => { let o = {}; for (let i = 0; i < 200; i++) o = { o }; return o; }, (o) => { let n = 0; while (o.o) { o = o.o; n++; } return n; }, 200);

same('argument: functions inside', () => [(o, list) => [o.f(1), list.map((g) => g(2))], { f: (x) => x + 1 }, [(x) => x * 2, String]], [2, [4, '2']]);
same('argument: a comparator', () => [(list, by) => list.sort(by), [3, 1, 2], (a, b) => b - a], [3, 2, 1]);
same('argument: a closure over a closure', () => { const by = 2; const twice = (x) => x * by; return [(f, x) => f(x), (x) => twice(x) + 1, 3]; }, 7);
same('argument: a class', () => { class C { v = 3; } return [(K) => new K().v, C]; }, 3);
same('argument: a Buffer in an object, and back', () => [(o) => o.b, { b: Buffer.from('abc') }], Buffer.from('abc'));
same('argument: a cycle, and back', () => { const o = { n: 1 }; o.self = o; return [(x) => (x.self === x ? x.n : 0), o]; }, 1);
same('argument: one object twice', () => { const o = {}; return [(a, b) => a === b, o, o]; }, true);
same('argument: symbols', () => [(a, b) => a === Symbol.for('forms.a') && b === Symbol.asyncIterator, Symbol.for('forms.a'), Symbol.asyncIterator], true);
same('result: Map, Set, Date, RegExp, BigInt, Buffer', () => [() => [new Map([[1, new Set([2])]]), new Date(5), /x/g, 3n, Buffer.from('r')]], [new Map([[1, new Set([2])]]), new Date(5), /x/g, 3n, Buffer.from('r')]);
same('result: undefined', () => [() => {}], undefined);
form('result: a cycle', async (run) => { const o = await run(() => { const o = { n: 1 }; o.self = o; return o; }); return o.self === o && o.n; }, 1);
form('result: a builtin function', async (run) => (await run(() => Math.max)) === Math.max, true);
form('result: an error value, not thrown', async (run) => { const e = await run(() => new RangeError('given')); return [e instanceof RangeError, e.message]; }, [true, 'given']);

captured('an object with a getter and a setter that work', () => ({ n: 2, get twice() { return this.n * 2; }, set twice(v) { this.n = v / 2; } }), (o) => { o.twice = 10; return [o.n, o.twice, Object.keys(o)]; }, [5, 10, ['n', 'twice']]);
captured('an object with a hidden accessor', () => Object.defineProperty({ n: 3 }, 'thrice', { get() { return this.n * 3; } }), (o) => { o.n = 4; return [o.thrice, Object.keys(o).length]; }, [12, 1]);
same('captured: a unique symbol, as a value and as a key', () => { const key = Symbol('key'); const o = { [key]: 7, tag: key }; return [() => [o[key], o.tag === key, key.description]]; }, [7, true, 'key']);
same('captured: an instance that keeps its state under a unique symbol', () => { const state = Symbol('state'); class Box { constructor() { this[state] = 5; } get() { return this[state]; } } const box = new Box(); return [() => [box.get(), new Box().get()]]; }, [5, 5]);
same('captured: an instance whose class keeps its state in a WeakMap', () => { const states = new WeakMap(); class Box { constructor(v) { states.set(this, { v }); } get() { return states.get(this).v; } } const box = new Box(6); return [() => [box.get(), new Box(7).get()]]; }, [6, 7]);
same('captured: a getter and a setter that share a variable', () => { let n = 1; const o = { get n() { return n; }, set n(v) { n = v; } }; return [() => { o.n = 8; return o.n; }]; }, 8);
same('captured: a constructor whose prototype was replaced', () => { function Old(v) { this.v = v; } Old.prototype = { get() { return this.v; }, [Symbol.iterator]: function* () { yield this.v; } }; const o = new Old(3); return [() => [o.get(), [...o][0], o instanceof Old, new Old(4).get()]]; }, [3, 3, true, 4]);
same('captured: two constructors with one prototype', () => { function A() {} function B() {} A.prototype = B.prototype; const a = new A(); return [() => [a instanceof B, new B() instanceof A]]; }, [true, true]);
same('captured: the prototype of a class', () => { class P { hi() { return 'hi'; } } const proto = P.prototype; return [() => [Object.create(proto).hi(), proto === P.prototype]]; }, ['hi', true]);
same('captured: a subclass of Map with hidden state', () => { class Keyed extends Map { constructor(key) { super(); Object.defineProperty(this, 'key', { value: key }); } at(x) { return this.get(this.key(x)); } } const m = new Keyed((x) => x * 2); m.set(4, 'four'); return [() => m.at(2)]; }, 'four');
same('argument: an object with methods keeps its accessors', () => [(o) => { o.n = 5; return [o.twice, o.add(1)]; }, { n: 1, get twice() { return this.n * 2; }, add(x) { return this.n + x; } }], [10, 6]);
form('argument: a getter in plain data is read, as structured clone does', async (run) => run((o) => { o.n = 5; return o.twice; }, { n: 1, get twice() { return this.n * 2; } }), 2, { direct: false });
form('refused: a function in an argument, with the path', async (run) => { let settle; new Promise((r) => { settle = r; }); const e = await failure(run((x, o) => o.x, 1, { x: settle })); return [e.code, e.path]; }, ['ERR_VALUE_NOT_SENDABLE', 'args[1].x'], { direct: false });
