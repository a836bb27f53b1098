// biome-ignore-all lint: the forms are written as people write them, not as the house does
// biome-ignore-all format: as above
// Classes: captured, extended, instances of them as captures, arguments and results.

class TopPoint {
  constructor(x, y) { this.x = x; this.y = y; }
  get length() { return Math.hypot(this.x, this.y); }
  plus(other) { return new TopPoint(this.x + other.x, this.y + other.y); }
  static origin = new TopPoint(0, 0);
  static of(x, y) { return new this(x, y); }
}
class TopPoint3 extends TopPoint { constructor(x, y, z) { super(x, y); this.z = z; } plus(other) { const p = super.plus(other); return new TopPoint3(p.x, p.y, this.z + other.z); } }
class TopError extends Error { constructor(message, detail) { super(message); this.name = 'TopError'; this.detail = detail; } }

same('class: of the top level, made in the task', () => [(x, y) => new TopPoint(x, y).length, 3, 4], 5);
same('class: of the top level, an instance argument', () => [(p) => p.length, new TopPoint(3, 4)], 5);
same('class: of the top level, an instance as the result', () => [(x) => new TopPoint(x, 0), 2]);
same('class: of the top level, a subclass', () => [(a, b) => { const p = a.plus(b); return [p instanceof TopPoint3, p instanceof TopPoint, p.x, p.z]; }, new TopPoint3(1, 2, 3), new TopPoint3(1, 1, 1)], [true, true, 2, 4]);
same('class: of the top level, its static members', () => [() => [TopPoint.of(1, 2).y, TopPoint.origin instanceof TopPoint]], [2, true]);
same('class: a static method, bound', () => [TopPoint.of.bind(TopPoint), 1, 2]);
same('class: a prototype method, bound to an instance', () => [TopPoint.prototype.plus.bind(new TopPoint(1, 1)), new TopPoint(1, 2)]);
form('class: an error of one\'s own is thrown as itself', async (run) => { const error = await failure(run(() => { throw new TopError('bad', { at: 3 }); })); return [error instanceof TopError, error.name, error.message, error.detail]; }, [true, 'TopError', 'bad', { at: 3 }]);

same('class: local, with fields', () => { class C { a = 1; b = this.a + 1; ['c' + 'd'] = 3; } return [() => ({ ...new C() })]; }, { a: 1, b: 2, cd: 3 });
same('class: local, private fields and methods', () => { class C { #n = 1; #bump() { this.#n += 1; } bump() { this.#bump(); return this; } get n() { return this.#n; } static has(o) { return #n in o; } } return [() => [new C().bump().bump().n, C.has(new C()), C.has({})]]; }, [3, true, false]);
same('class: local, private static members', () => { class C { static #count = 0; static #next() { return ++C.#count; } static make() { return C.#next(); } } return [() => [C.make(), C.make()]]; }, [1, 2]);
same('class: local, private accessors', () => { class C { #v = 2; get #twice() { return this.#v * 2; } set #twice(x) { this.#v = x; } run(x) { this.#twice = x; return this.#twice; } } return [(x) => new C().run(x), 5]; }, 10);
same('class: local, static fields of several kinds', () => { class C { static a = 1; static b = C.a + 1; static list = [1]; static of() { return new C(); } } return [() => [C.a, C.b, C.list, C.of() instanceof C]]; }, [1, 2, [1], true]);
form('class: local, static blocks do not run again', async (run) => { const runs = []; class C { static { runs.push('once'); this.ready = true; } } return [await run(() => [C.ready, runs.length]), runs.length]; }, [[true, 1], 1]);
form('class: static fields changed since are sent as they are now', (run) => { class C { static count = 0; static next() { return ++this.count; } } C.next(); C.next(); C.extra = 'x'; return run(() => [C.count, C.next(), C.extra]); }, [2, 3, 'x']);
same('class: extends a captured class', () => { class A { hi() { return 'A'; } } class B extends A { hi() { return super.hi() + 'B'; } } return [() => new B().hi()]; }, 'AB');
same('class: three generations, super everywhere', () => { class A { constructor(x) { this.x = x; } static make(x) { return new this(x); } get v() { return this.x; } } class B extends A { get v() { return super.v * 2; } } class C extends B { constructor(x) { super(x + 1); } static make(x) { return super.make(x); } get v() { return super.v + 1; } } return [(x) => { const c = C.make(x); return [c.v, c instanceof A, Object.getPrototypeOf(C) === B]; }, 1]; }, [5, true, true]);
same('class: extends Array', () => { class Stack extends Array { top() { return this[this.length - 1]; } } return [(...items) => { const s = Stack.from(items); return [s.top(), s.map((x) => x) instanceof Stack, s.length]; }, 1, 2]; }, [2, true, 2]);
same('class: extends Map', () => { class Counts extends Map { add(k) { return this.set(k, (this.get(k) ?? 0) + 1); } } return [(s) => { const c = new Counts(); for (const ch of s) c.add(ch); return [...c]; }, 'aab']; }, [['a', 2], ['b', 1]]);
same('class: extends Error', () => { class Bad extends Error { name = 'Bad'; } return [() => { try { throw new Bad('x', { cause: 1 }); } catch (e) { return [e instanceof Bad, e instanceof Error, `${e}`, e.cause]; } }]; }, [true, true, 'Bad: x', 1]);
same('class: extends an expression', () => { const mixin = (Base) => class extends Base { hi() { return 'hi ' + this.name; } }; class Person extends mixin(Object) { name = 'you'; } return [() => new Person().hi()]; }, 'hi you');
same('class: extends two mixins', () => { const A = (B) => class extends B { a() { return 'a'; } }; const C = (B) => class extends B { c() { return this.a() + 'c'; } }; class D extends C(A(class {})) {} return [() => new D().c()]; }, 'ac');
same('class: an anonymous expression', () => { const C = class { v = 1; }; return [() => new C().v]; }, 1);
same('class: a named expression that refers to itself', () => { const C = class Inner { static make() { return new Inner(); } v = 2; }; return [() => C.make().v]; }, 2);
same('class: computed members, accessors, symbols', () => { const k = 'key'; const s = Symbol.for('forms.s'); class C { [k] = 1; get [`${k}2`]() { return 2; } [s]() { return 3; } *[Symbol.iterator]() { yield this[k]; yield this.key2; } static [k] = 4; } return [() => { const c = new C(); return [...c, c[s](), C.key]; }]; }, [1, 2, 3, 4]);
same('class: getters and setters', () => { class T { #c = 0; get f() { return this.#c * 2; } set f(v) { this.#c = v / 2; } } return [(v) => { const t = new T(); t.f = v; return t.f; }, 8]; }, 8);
same('class: Symbol.toPrimitive, toJSON, toString', () => { class M { constructor(v) { this.v = v; } [Symbol.toPrimitive](hint) { return hint === 'number' ? this.v : `${this.v}`; } toJSON() { return { v: this.v }; } } return [(v) => [+new M(v), `${new M(v)}`, JSON.stringify(new M(v))], 4]; }, [4, '4', '{"v":4}']);
same('class: async and generator methods', () => { class C { async a(x) { return x + 1; } *g(n) { while (n) yield n--; } async *ag(n) { while (n) yield n--; } static async s() { return 's'; } } return [async () => { const c = new C(); const all = [await c.a(1), ...c.g(2), await C.s()]; for await (const x of c.ag(1)) all.push(x); return all; }]; }, [2, 2, 1, 's', 1]);
same('class: a field that captures a variable of the maker', () => { const make = (by) => class { times(x) { return x * by; } }; const Three = make(3); return [(x) => new Three().times(x), 2]; }, 6);
same('class: fields whose initialisers are closures', () => { const plus = 1; class C { add = (x) => x + plus; } return [(x) => new C().add(x), 2]; }, 3);
same('class: the old way, with prototypes', () => { function Animal(name) { this.name = name; } Animal.prototype.hi = function () { return 'I am ' + this.name; }; function Dog(name) { Animal.call(this, name); } Dog.prototype = Object.create(Animal.prototype, { constructor: { value: Dog } }); Dog.prototype.bark = function () { return this.hi() + ', woof'; }; return [(n) => [new Dog(n).bark(), new Dog(n) instanceof Animal], 'Rex']; }, ['I am Rex, woof', true]);
same('class: the class itself is called as the function\'s capture of an array', () => { class A { v = 'a'; } class B { v = 'b'; } const table = { A, B }; return [(k) => new table[k]().v, 'B']; }, 'b');
same('class: an instance captured', () => { class Acc { constructor() { this.sum = 1; } add(x) { this.sum += x; return this.sum; } } const acc = new Acc(); return [(x) => acc.add(x), 2]; }, 3);
same('class: an instance captured, with Map and Set inside', () => { class Store { items = new Map([['a', new Set([1])]]); size() { return [...this.items.values()].reduce((n, s) => n + s.size, 0); } } const store = new Store(); return [() => store.size()]; }, 1);
same('class: instances in a list argument', () => { class P { constructor(x) { this.x = x; } twice() { return this.x * 2; } } return [(list) => list.map((p) => p.twice()), [new P(1), new P(2)]]; }, [2, 4]);
same('class: an instance with a hidden property', () => { class H { constructor() { Object.defineProperty(this, 'hidden', { value: { run: (x) => x + 1 } }); } } const h = new H(); return [(x) => [h.hidden.run(x), Object.keys(h).length], 1]; }, [2, 0]);
same('class: members added to the prototype later', () => { class P { v = 2; } P.prototype.twice = function () { return this.v * 2; }; Object.defineProperty(P.prototype, 'thrice', { get() { return this.v * 3; } }); const p = new P(); return [() => [p.twice(), p.thrice, new P().twice()]]; }, [4, 6, 4]);
same('prototype: an object made with Object.create', () => { const base = { kind: 'base', hi() { return this.kind + this.name; } }; const o = Object.assign(Object.create(base), { name: '!' }); return [() => [o.hi(), Object.keys(o)]]; }, ['base!', ['name']]);
same('prototype: a chain of plain objects, an accessor among them', () => { const a = { get loud() { return this.name.toUpperCase(); } }; const b = Object.create(a, { hi: { value() { return this.loud + '!'; } } }); const o = Object.create(b); o.name = 'x'; return [() => o.hi()]; }, 'X!');
form('class: an instance as the result keeps its class', async (run) => { class P { constructor(x) { this.x = x; } twice() { return this.x * 2; } } const p = await run((x) => new P(x), 4); return [p instanceof P, p.twice()]; }, [true, 8]);
form('class: an instance argument that comes back keeps its class', async (run) => { class P { constructor(x) { this.x = x; } } const p = await run((q) => { q.x += 1; return q; }, new P(4)); return [p instanceof P, p.x]; }, [true, 5]);
same('class: an instance with private state', () => { class Secret { #n; constructor(n) { this.#n = n; } read() { return this.#n; } } const secret = new Secret(4); return [(x) => [secret.read(), x.read()], new Secret(5)]; }, [4, 5]);
