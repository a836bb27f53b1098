// biome-ignore-all lint: the forms are written as people write them, not as the house does
// biome-ignore-all format: as above
// Every kind of function, parameter and recursion.

const topConst = 7;
let topLet = 1;
function topFunction(a, b = topConst) { return a + b + topHelper(a); }
function topHelper(x) { return x * 10; }
const topArrow = (x) => topHelper(x) + topLet;
async function topAsync(x) { return topArrow(x); }
function* topGenerator(n) { for (let i = 0; i < n; i++) yield topHelper(i); }
const topObject = { factor: 3, times(x) { return x * this.factor; }, nested: { deep: (x) => x + topConst } };

same('top level: a function declaration with a captured default', () => [topFunction, 1], 18);
same('top level: an arrow in a const', () => [topArrow, 2], 21);
same('top level: an async function', () => [topAsync, 3], 31);
same('top level: a method of an object, bound', () => [topObject.times.bind(topObject), 4], 12);
same('top level: a function deep in an object', () => [topObject.nested.deep, 1], 8);
streams('top level: a generator function, streamed', () => [topGenerator, 3], [0, 10, 20]);
form('top level: a let is read at each call', async (run) => {
  const before = topLet;
  const first = await run(topArrow, 0);
  topLet = 5;
  const second = await run(topArrow, 0);
  topLet = before;
  return [first, second];
}, [1, 5]);

same('arrow: an expression', () => [(a, b) => a + b, 1, 2], 3);
same('arrow: a block', () => [(a) => { const b = a * 2; return b + 1; }, 4], 9);
same('arrow: without parameters, gives an object', () => [() => ({ a: 1 })], { a: 1 });
same('arrow: one parameter without parentheses', () => [x => x + 1, 1], 2);
same('arrow: async', () => [async (x) => (await Promise.resolve(x)) + 1, 1], 2);
same('arrow: async, one parameter without parentheses', () => [async x => x + 1, 1], 2);
same('arrow: gives an arrow that is called', () => [(a) => ((b) => (c) => a + b + c)(2)(3), 1], 6);
same('arrow: in parentheses', () => [(((a) => a * 2)), 4], 8);
same('arrow: two on one line', () => { const both = [() => 1, () => 2]; return [both[1]]; }, 2);
same('arrow: over several lines with comments', () => [
  // before
  (a /* first */, // the first
    b /* ) => { */) => /* here */ (
    a + // plus
    b
  ), 1, 2], 3);
same('function expression: anonymous', () => [function (a) { return a + 1; }, 1], 2);
same('function expression: named', () => [function plus(a) { return a + 1; }, 1], 2);
same('function declaration: in a block', () => { function local(a) { return a - 1; } return [local, 1]; }, 0);
same('function: async', () => [async function () { return 5; }], 5);
same('function: async, awaits a captured async function', () => { const later = async (x) => x * 2; return [async (x) => (await later(x)) + 1, 4]; }, 9);
same('function: gives a promise that rejects', () => [async () => { try { await Promise.reject(new Error('no')); } catch (error) { return error.message; } }], 'no');

same('method: shorthand', () => [{ plus(a) { return a + 1; } }.plus, 1], 2);
same('method: async shorthand', () => [{ async plus(a) { return a + 1; } }.plus, 1], 2);
same('method: a computed name', () => { const name = 'pl' + 'us'; return [{ [name](a) { return a + 1; } }.plus, 1]; }, 2);
same('method: a symbol as its name', () => { const key = Symbol('plus'); return [{ [key](a) { return a + 1; } }[key], 1]; }, 2);
same('method: a string as its name', () => [{ 'to plus!'(a) { return a + 1; } }['to plus!'], 1], 2);
same('method: a number as its name', () => [{ 42(a) { return a + 1; } }[42], 1], 2);
same('method: named get, set, async and static', () => { const o = { get(a) { return a + 1; }, set(a) { return a + 2; }, async(a) { return a + 3; }, static(a) { return a + 4; } }; return [(a) => [o.get(a), o.set(a), o.async(a), o.static(a)], 0]; }, [1, 2, 3, 4]);
same('method: named get itself', () => [{ get(a) { return a + 1; } }.get, 1], 2);
same('method: named async itself', () => [{ async(a) { return a + 1; } }.async, 1], 2);
same('method: with this, bound', () => { const o = { by: 3, times(a) { return a * this.by; } }; return [o.times.bind(o), 2]; }, 6);
same('method: super in an object literal, bound', () => { const base = { hi() { return 'base ' + this.name; } }; const o = { __proto__: base, name: 'o', hi() { return super.hi() + '!'; } }; return [o.hi.bind(o)]; }, 'base o!');
same('getter: taken out of its object, bound', () => { const o = { raw: 2, get twice() { return this.raw * 2; } }; return [Object.getOwnPropertyDescriptor(o, 'twice').get.bind({ raw: 4 })]; }, 8);
same('setter: taken out of its object, bound', () => { const o = { set raw(v) { this.kept = v; } }; const set = Object.getOwnPropertyDescriptor(o, 'raw').set; return [(v) => { const target = {}; set.call(target, v); return target; }, 3]; }, { kept: 3 });
same('property: an arrow', () => [{ plus: (a) => a + 1 }.plus, 1], 2);
same('property: a function expression', () => [{ plus: function (a) { return a + 1; } }.plus, 1], 2);
same('property: a function with properties of its own', () => { const f = Object.assign((a) => a * f.by, { by: 3 }); return [f, 2]; }, 6);

same('parameters: a default', () => [(a, b = 2) => a + b, 1], 3);
same('parameters: a default that uses an earlier one', () => [(a, b = a * 2) => a + b, 1], 3);
same('parameters: a default that uses a captured variable', () => { const two = 2; return [(a, b = two) => a + b, 1]; }, 3);
same('parameters: a default that calls a captured function', () => { const two = () => 2; return [(a, b = two()) => a + b, 1]; }, 3);
same('parameters: a default is a function over another one', () => [(a, get = () => a) => { a = 5; return get(); }, 1], 5);
same('parameters: undefined asks for the default', () => [(a = 1, b = 2) => [a, b], undefined, null], [1, null]);
same('parameters: an object taken apart, with defaults', () => [({ a, b = 2, ...rest }) => [a, b, rest], { a: 1, c: 3 }], [1, 2, { c: 3 }]);
same('parameters: an array taken apart, with holes', () => [([, second, , fourth = 'd', ...rest]) => [second, fourth, rest], [1, 2, 3, undefined, 5, 6]], [2, 'd', [5, 6]]);
same('parameters: taken apart deeply, renamed', () => [({ a: { b: [{ c: found = 0 }] }, ...others }) => [found, others], { a: { b: [{ c: 4 }] }, z: 1 }], [4, { z: 1 }]);
same('parameters: a computed key that is captured', () => { const key = 'k'; return [({ [key]: value, [`${key}2`]: other = 1 }) => [value, other], { k: 5 }]; }, [5, 1]);
same('parameters: the rest', () => [(first, ...rest) => [first, rest], 1, 2, 3], [1, [2, 3]]);
same('parameters: the rest, taken apart', () => [(...[a, b = 2]) => [a, b], 1], [1, 2]);
same('parameters: a comma at the end', () => [(a, b,) => a + b, 1, 2], 3);
same('parameters: named like builtins', () => [(Map, process, Object) => [Map, process, Object], 1, 2, 3], [1, 2, 3]);
same('parameters: one hides a captured variable', () => { const a = 'outer'; return [(a) => a, 'inner', a]; }, 'inner');
same('parameters: the arguments object', () => [function () { return [arguments.length, ...arguments]; }, 1, 2], [2, 1, 2]);
same('parameters: an arrow captures the arguments object', () => (function () { return [(i) => arguments[i], 1]; })('a', 'b'), 'b');
same('parameters: an arrow captures the arguments object, functions in it write into theirs', () => [(function () { return (x) => [arguments[0], (function () { arguments[0] = 'own'; return arguments[0]; })(x)]; })('outer'), 1], ['outer', 'own']);

same('recursion: by the own name of a function expression', () => [function fact(n) { return n < 2 ? 1 : n * fact(n - 1); }, 5], 120);
same('recursion: by the name of a const', () => { const fact = (n) => (n < 2 ? 1 : n * fact(n - 1)); return [fact, 5]; }, 120);
same('recursion: a declaration', () => { function fact(n) { return n < 2 ? 1 : n * fact(n - 1); } return [fact, 5]; }, 120);
same('recursion: mutual', () => { const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1); return [even, 10]; }, true);
same('recursion: mutual, declarations', () => { function even(n) { return n === 0 || odd(n - 1); } function odd(n) { return n !== 0 && even(n - 1); } return [odd, 7]; }, true);
same('recursion: through an object', () => { const o = { fact: (n) => (n < 2 ? 1 : n * o.fact(n - 1)) }; return [o.fact, 5]; }, 120);
same('recursion: an own name that an inner variable hides', () => [function f(n) { { const f = 2; n += f; } return typeof f === 'function' ? n : -1; }, 1], 3);
same('recursion: the fixed-point combinator', () => { const Y = (g) => ((x) => x(x))((x) => g((v) => x(x)(v))); return [Y((self) => (n) => (n < 2 ? 1 : n * self(n - 1))), 5]; }, 120);

streams('generator: streamed', () => [function* (n) { for (let i = 0; i < n; i++) yield i; }, 3], [0, 1, 2]);
streams('generator: streamed, over a captured array', () => { const list = ['a', 'b']; return [function* () { yield* list; yield list.length; }]; }, ['a', 'b', 2]);
streams('generator: async, streamed', () => [async function* (n) { for (let i = 0; i < n; i++) yield await Promise.resolve(i * 2); }, 3], [0, 2, 4]);
streams('generator: a method, streamed', () => [{ *count(n) { while (n) yield n--; } }.count, 3], [3, 2, 1]);
streams('generator: an async method, streamed', () => [{ async *count(n) { while (n) yield n--; } }.count, 2], [2, 1]);
streams('generator: an arrow that gives an iterable, streamed', () => [(n) => Array.from({ length: n }, (_v, i) => i), 2], [0, 1]);
same('generator: used up inside the task', () => { function* count(n) { for (let i = 0; i < n; i++) yield i; } return [(n) => [...count(n)], 3]; }, [0, 1, 2]);
same('generator: async, used up inside the task', () => { async function* count(n) { for (let i = 0; i < n; i++) yield i; } return [async (n) => { const all = []; for await (const i of count(n)) all.push(i); return all; }, 2]; }, [0, 1]);
same('generator: sent values come in', () => [() => { const g = (function* () { const got = yield 1; return got * 2; })(); g.next(); return g.next(21).value; }], 42);
