// biome-ignore-all lint: the forms are written as people write them, not as the house does
// biome-ignore-all format: as above
// What a function captures, from where; `this`, bound functions, what variables are shared.

same('captures: a const', () => { const by = 3; return [(x) => x * by, 2]; }, 6);
same('captures: a var', () => { var by = 3; return [(x) => x * by, 2]; }, 6);
same('captures: a let', () => { let by = 1; by = 3; return [(x) => x * by, 2]; }, 6);
same('captures: a parameter', () => ((by) => [(x) => x * by, 2])(3), 6);
same('captures: variables taken apart', () => { const { a, b: [c] } = { a: 1, b: [2] }; return [() => [a, c]]; }, [1, 2]);
same('captures: the error of a catch', () => { try { throw new TypeError('caught'); } catch (error) { return [() => `${error.name}: ${error.message}`]; } }, 'TypeError: caught');
same('captures: a catch that takes its error apart', () => { try { throw { code: 5 }; } catch ({ code }) { return [() => code]; } }, 5);
same('captures: in a for loop with let', () => { const fns = []; for (let i = 0; i < 3; i++) fns.push(() => i); return [fns[1]]; }, 1);
same('captures: in a for loop with var', () => { const fns = []; for (var i = 0; i < 3; i++) fns.push(() => i); return [fns[1]]; }, 3);
same('captures: in a for-of loop', () => { const fns = []; for (const item of ['a', 'b']) fns.push(() => item); return [fns[0]]; }, 'a');
same('captures: in a for-in loop', () => { const fns = []; for (const key in { a: 1, b: 2 }) fns.push(() => key); return [fns[1]]; }, 'b');
same('captures: in a switch', () => { switch (1) { case 1: { const inside = 'case'; return [() => inside]; } } }, 'case');
same('captures: in a labelled block', () => { block: { const inside = 'label'; return [() => inside]; } }, 'label');
same('captures: five levels deep', () => {
  const one = 1;
  return (() => { const two = 2; return (() => { const three = 3; return (() => { const four = 4; return (() => { const five = 5; return [(x) => [one, two, three, four, five, x], 6]; })(); })(); })(); })();
}, [1, 2, 3, 4, 5, 6]);
same('captures: the inner of two with one name', () => { const name = 'outer'; return (() => { const name = 'inner'; return [() => name]; })(); }, 'inner');
same('captures: what a default parameter of the maker holds', () => ((by = 4) => [(x) => x * by, 2])(), 8);
same('captures: not what only a neighbour uses', () => { const big = new WeakMap(); const neighbour = () => big; return neighbour && [(x) => x + 1, 2]; }, 3);
same('captures: a function that captures a function', () => { const base = 2; const inner = (x) => x * base; const outer = (x) => inner(x) + 1; return [(x) => outer(x), 3]; }, 7);
same('captures: a function made by a maker', () => { const adder = (n) => (x) => x + n; return [adder(10), 5]; }, 15);
same('captures: a curried function, half applied', () => { const curry = (f) => (a) => (b) => f(a, b); return [curry((a, b) => a - b)(10), 3]; }, 7);
same('captures: a composition', () => { const compose = (...fns) => (x) => fns.reduceRight((v, f) => f(v), x); return [compose((x) => x + 1, (x) => x * 2, Math.abs), -5]; }, 11);
same('captures: a memoizing wrapper with a Map', () => { const memo = (f, cache = new Map()) => (x) => { if (!cache.has(x)) cache.set(x, f(x)); return [cache.get(x), cache.size]; }; return [memo((x) => x ** 2), 3]; }, [9, 1]);
same('captures: a conditional function', () => { const pick = (loud) => (loud ? (s) => s.toUpperCase() : (s) => s.toLowerCase()); return [pick(true), 'aB']; }, 'AB');
same('captures: an immediately called function\'s module', () => { const module = (() => { let hidden = 1; return { bump: () => ++hidden, peek: () => hidden }; })(); return [() => [module.bump(), module.bump()]]; }, [2, 3]);
same('captures: only inside a nested function', () => { const by = 2; return [(list) => list.map((x) => [x].map((y) => y * by)[0]), [1, 2]]; }, [2, 4]);
same('captures: used in a template only', () => { const who = 'you'; return [() => `hi ${`dear ${who}`}`]; }, 'hi dear you');
same('captures: used as a shorthand property', () => { const a = 1; return [() => ({ a })]; }, { a: 1 });
same('captures: not a property of the same name', () => { const a = 1; return [(o) => o.a, { a: 2 }, a]; }, 2);
same('captures: used in typeof', () => { const a = 1; return [() => typeof a + typeof nowhereDeclared]; }, 'numberundefined');
same('captures: assigned inside', () => { let n = 1; return [() => { n += 1; return n; }]; }, 2);
same('captures: in a class body inside', () => { const by = 2; return [(x) => new (class { v = x * by; })().v, 3]; }, 6);
same('captures: an async closure in Promise.all', () => { const f = async (x) => x + 1; return [(list) => Promise.all(list.map(f)), [1, 2]]; }, [2, 3]);

form('a let that is still unset, mentioned but not used', async (run) => {
  const before = run((use) => (use ? later : 'unused'), false);
  const later = 1;
  return [await before, later];
}, ['unused', 1]);
form('a let that is still unset, used', async (run) => {
  const before = failure(run(() => later));
  const later = 1;
  return [(await before).name, later];
}, ['ReferenceError', 1], { from: 22 });

form('this: captured by an arrow in a method', (run) => ({ by: 3, start(x) { return run((y) => y * this.by, x); } }).start(2), 6);
form('this: captured in a nested arrow', (run) => ({ by: 3, start(list) { return run((l) => l.map((x) => x * this.by), list); } }).start([1, 2]), [3, 6]);
form('this: captured with other variables', (run) => ({ by: 3, start(x) { const plus = 1; return run(() => x * this.by + plus); } }).start(2), 7);
form('this: captured in a class method that calls another', (run) => new (class { constructor() { this.by = 4; } times(x) { return x * this.by; } start(x) { return run(() => this.times(x)); } })().start(2), 8);
form('this: captured by a field\'s arrow', (run) => { class Handler { by = 5; handle = (x) => x * this.by; } return run(new Handler().handle, 2); }, 10);
form('this: captured by an async arrow', (run) => ({ by: 3, start(x) { return run(async () => (await x) * this.by); } }).start(2), 6);
same('this: undefined in a strict function', () => [function () { 'use strict'; return this === undefined; }], true);
same('new.target: in a function that the task constructs', () => { function Made() { this.direct = new.target === Made; } return [() => [new Made().direct, Reflect.construct(Made, [], Array).direct]]; }, [true, false]);
form('new.target: captured by an arrow', async (run) => { let arrow; function Made() { arrow = () => new.target === undefined; } new Made(); const first = await run(arrow); Made.call({}); return [first, await run(arrow)]; }, [false, true]);

same('bound: this and one argument', () => [function (a, b) { return [this.x, a, b]; }.bind({ x: 1 }, 2), 3], [1, 2, 3]);
same('bound: twice', () => [function (a, b, c) { return [this.x, a, b, c]; }.bind({ x: 1 }, 2).bind({ x: 9 }, 3), 4], [1, 2, 3, 4]);
same('bound: a closure', () => { const by = 2; return [((a, b) => (a + b) * by).bind(null, 1), 2]; }, 6);
same('bound: a builtin', () => [Math.max.bind(null, 5), 3], 5);
same('bound: a method of a builtin prototype', () => [Array.prototype.join.bind(['a', 'b']), '-'], 'a-b');
same('bound: call itself', () => [Function.prototype.call.bind(String.prototype.toUpperCase), 'abc'], 'ABC');
same('bound: a function argument', () => [((f, x) => f(x)).bind(null, (x) => x + 1), 1], 2);
same('bound: its name, its length, no prototype', () => { const f = function three(a, b, c) { return [a, b, c]; }.bind(null, 1); const g = f.bind(null, 2); return [() => [f.name, f.length, 'prototype' in f, g.name, g.length, g(3)]]; }, ['bound three', 2, false, 'bound bound three', 1, [1, 2, 3]]);
same('bound: a class, and instanceof', () => { class Sum { constructor(a, b) { this.of = a + b; } } const One = Sum.bind(null, 1); class Big { constructor() { this.made = new.target.name; } } return [(b) => [new One(b).of, new One(b) instanceof One, new Sum(1, 2) instanceof One, {} instanceof One, Reflect.construct(Big.bind(null), [], One).made], 5]; }, [6, true, true, false, 'bound Sum']);
same('borrowed: a builtin method through call', () => { const slice = Array.prototype.slice; return [function () { return slice.call(arguments, 1); }, 1, 2, 3]; }, [2, 3]);

same('captures: a variable that is written before it is read may hold what cannot cross', () => { let kept = Promise.resolve(); const next = (x) => (kept = x) === null ? 0 : kept + 1; const loop = (n) => { for (kept = 0; kept < n; kept++); return kept; }; return [(x) => [next(x), loop(x)], 3]; }, [4, 3]);
same('captures: one that another function reads is shared all the same', () => { let kept = 1; const put = (x) => { kept = x; }; return [(x) => { put(x); return kept; }, 3]; }, 3);
same('captures: objects that inherit from the iterators', () => { const proto = { __proto__: Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), next() { return { done: this.n <= 0, value: this.n-- }; } }; const from = (n) => ({ __proto__: proto, n }); const two = from(2); return [() => [[...from(3)], [...two]]]; }, [[3, 2, 1], [2, 1]]);
same('names: functions that one place gives names of their own', () => { const named = ['a', 'b'].map((key) => ({ [key]: () => key })[key]); const defined = ['c', 'd'].map((value) => Object.defineProperty((x) => x, 'name', { value })); const methods = ['e', 'f'].map((key) => ({ [key]() {} })[key]); return [() => [named, defined, methods].flat().map((f) => f.name).join('')]; }, 'abcdef');
same('names: lengths that one place gives', () => { const arity = (n) => Object.defineProperty((...a) => a.length, 'length', { value: n }); const of = [1, 2, 3].map(arity); return [() => of.map((f) => [f.length, f(0, 0)])]; }, [[1, 2], [2, 2], [3, 2]]);
same('names: that of an expression hides a variable which it would assign to', () => { let again = (x) => ['outer', x]; const f = function again(x) { try { again = 5; } catch { } return typeof again; }; return [(x) => [f(x), again(x)], 1]; }, ['function', ['outer', 1]]);
same('shared: an increment and a read of one counter', () => { let n = 0; const bump = () => { n += 1; }; const read = () => n; return [() => { bump(); bump(); return read(); }]; }, 2);
same('shared: two counters of one maker are two', () => { const counter = () => { let n = 0; return () => ++n; }; const a = counter(); const b = counter(); return [() => [a(), a(), b()]]; }, [1, 2, 1]);
same('shared: two closures see one object', () => { const box = { n: 0 }; const bump = () => { box.n += 1; }; const read = () => box.n; return [() => { bump(); return read(); }]; }, 1);
same('shared: a capture and an argument are one object', () => { const box = { n: 1 }; return [(same) => same === box, box]; }, true);
same('shared: a function reached twice is one', () => { const f = (x) => x; return [(o) => o.a === o.b && o.a === f, { a: f, b: f }]; }, true);
same('shared: a function in a cycle with its data', () => { const o = { v: 5 }; o.get = () => o.v; o.self = o; return [() => o.self.get() + (o.self === o ? 1 : 0)]; }, 6);
