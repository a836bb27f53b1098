// biome-ignore-all lint: the forms are written as people write them, not as the house does
// biome-ignore-all format: as above
// Syntax that a reader of source text stumbles over.

same('template: tagged, the tag captured', () => { const tag = (parts, ...values) => parts.raw.join('|') + values.join(','); return [(x) => tag`a${x}\n${x + 1}c`, 1]; }, 'a|\\n|c1,2');
same('template: String.raw', () => [(x) => String.raw`\u00e4${x}\n`, 1], '\\u00e41\\n');
same('template: a tag sees the same strings at each call', () => { const seen = new Set(); const tag = (parts) => seen.add(parts).size; return [() => { const f = () => tag`x`; return [f(), f()]; }]; }, [1, 1]);
same('template: nested, with braces and backticks', () => [(x) => `a${`b${[x].map((y) => `{${y}}`).join(`}`)}`}\`}`, 1], 'ab{1}`}');
same('template: over lines', () => [() => `one
  two
three`], 'one\n  two\nthree');
same('regular expression: flags and lastIndex', () => [(s) => { const re = /a(b)?/giy; const out = []; let m; while ((m = re.exec(s))) out.push(m[0], re.lastIndex); return out; }, 'abA'], ['ab', 2, 'A', 3]);
same('regular expression: named groups, lookbehind, unicode', () => [(s) => { const m = /(?<=\$)(?<n>\d+)\p{Lu}/u.exec(s); return [m.groups.n, m.index]; }, 'x$42Ä'], ['42', 2]);
same('regular expression: with braces, quotes, slashes, comment signs', () => [(s) => [/[/}'"`*]\/\/ *\/\*/.test(s), s.replace(/\{.*?\}/g, '//')], '}// /*{a}'], [true, '}// /*//']);
same('regular expression: after a division', () => [(a, b, g) => a / b / g + [..."a/g"].filter((c) => /\//g.test(c)).length, 8, 2, 2], 3);
same('comments: with braces, quotes and backticks', () => [(/* ) } ' */ a /* ` */) => { /* } */ const b = 1; // } ' " ` */
  return /* { */ a + b; // => }
}, 1], 2);
same('strings: quotes, escapes, line continuations', () => [() => ['\'', "\"", '}', '\x41\u{1F600}\0', 'a\
b', '</script>', '//', '/*']], ["'", '"', '}', 'A\u{1F600}\0', 'ab', '</script>', '//', '/*']);
same('names: unicode and escapes', () => { const größe = 2; const 变量 = 3; const \u0061bc = 4; const $_ = 5; return [() => größe * 变量 + abc + $_]; }, 15);
same('names: words that are reserved only elsewhere', () => { const async = 1, of = 2, get = 3, from = 4, as = 5, type = 6; return [() => async + of + get + from + as + type]; }, 21);
same('text: emoji and other wide characters before the function', () => { const s = '😀é漢'; const f = /* 😀 */ (x) => s + x; return [f, '!']; }, '😀é漢!');
same('text: a zero-width and a line separator in strings', () => [() => '\u200b\u2028\u2029'.length + '​'.length], 4);
same('directive: use strict in the function', () => [function () { 'use strict'; return (function () { return this === undefined; })(); }], true);
same('directive: something else', () => [function () { 'use nothing'; "another"; return 1; }], 1);
same('statements: labels, break, continue', () => [(n) => { let sum = 0; outer: for (let i = 0; i < n; i++) { for (let j = 0; j < n; j++) { if (j === 2) continue outer; if (i === 3) break outer; sum += i * j; } } return sum; }, 5], 3);
same('statements: switch that falls through', () => [(x) => { const out = []; switch (x) { case 1: out.push(1); case 2: out.push(2); break; default: out.push('d'); } return out; }, 1], [1, 2]);
same('statements: try, catch without a name, finally', () => [() => { const out = []; try { throw 1; } catch { out.push('c'); } finally { out.push('f'); } return out; }], ['c', 'f']);
same('statements: do, while, comma, void', () => [() => { let i = 0; do i++; while (i < 3); return (i++, void 0, i); }], 4);
same('statements: for-in, in, instanceof, delete', () => [(o) => { const keys = []; for (const k in o) keys.push(k); delete o.a; return [keys, 'a' in o, o instanceof Object]; }, { a: 1, b: 2 }], [['a', 'b'], false, true]);
same('statements: no semicolons', () => [(x) => {
  const a = x
  const b = [1, 2]
  ;[a, b].forEach(() => {})
  return a
    + b.length
}, 1], 3);
same('operators: optional chaining, nullish, logical assignment', () => [(o) => { o.n ??= 1; o.z ||= 2; o.t &&= 3; return [o?.a?.b?.(), o.f?.(2), o.l?.[0], o.n, o.z, o.t]; }, { f: undefined, l: [5], z: 0, t: 1 }], [undefined, undefined, 5, 1, 2, 3]);
same('operators: exponent, big integers, separators, bits', () => [(x) => [x ** 2 ** 2, 2n ** 64n, 1_000_000, x >>> 1, ~x, 0b11 | 0o17 ^ 0xff], 3], [81, 18446744073709551616n, 1000000, 1, -4, 243]);
same('operators: spread in calls, arrays and objects', () => { const extra = [2, 3]; const more = { b: 2 }; return [(...a) => [Math.max(...a, ...extra), [...a, ...extra], { a: 1, ...more, ...null }], 1]; }, [3, [1, 2, 3], { a: 1, b: 2 }]);
same('assignment: taking apart into captured variables and properties', () => { let a = 1; let b = 2; const o = {}; return [() => { [a, b, o.c = 9] = [b, a]; ({ x: o.x, ...o.rest } = { x: 1, y: 2 }); return [a, b, o]; }]; }, [2, 1, { c: 9, x: 1, rest: { y: 2 } }]);
same('objects: accessors made in the task', () => [(v) => { const o = { get twice() { return this.v * 2; }, set twice(x) { this.v = x / 2; }, v }; o.twice = 10; return [o.v, o.twice]; }, 1], [5, 10]);
same('objects: __proto__, shorthand, computed, duplicate keys', () => [(k) => { const p = { inherited: 1 }; const o = { __proto__: p, k, [k + 1]: 2, a: 1, a: 3 }; return [o.inherited, o.k, o.x1, o.a]; }, 'x'], [1, 'x', 2, 3]);
same('functions inside: in templates, defaults, keys and classes', () => [(x) => { const o = { [(() => 'k')()]: ((a = (() => 2)()) => a)() }; class C { [(() => 'm')()]() { return `${(() => x)()}`; } } return [o.k, new C().m()]; }, 1], [2, '1']);
same('functions inside: called at once, in several notations', () => [(x) => [(() => x)(), (function () { return x; })(), !function () { return x; }(), new (class { v = x; })().v], 1], [1, 1, false, 1]);
same('functions inside: hoisted and used before', () => [(x) => { return inner(x); function inner(y) { return y + 1; } }, 1], 2);
same('code from text: eval and new Function of what needs nothing', () => [() => [(0, eval)('1 + 1'), new Function('a', 'return a * 2')(4)]], [2, 8]);
same('code from text: a function made by new Function', () => [new Function('a', 'b = 2', 'return a * b'), 4], 8);
same('code from text: an async function made by its constructor', () => { const AsyncFunction = (async () => {}).constructor; return [new AsyncFunction('a', 'return await a + 1'), 1]; }, 2);
same('globals: names of the language and of Node', () => [() => [typeof setTimeout, typeof Buffer, typeof process.version, typeof URL, typeof globalThis, typeof structuredClone, Infinity, NaN, undefined]], ['function', 'function', 'string', 'function', 'object', 'function', Infinity, NaN, undefined]);
same('globals: a captured variable named like one', () => { const URL = class { v = 'mine'; }; const process = 5; return [() => [new URL().v, process]]; }, ['mine', 5]);
same('asynchronous: for await over promises', () => [async () => { let sum = 0; for await (const x of [Promise.resolve(1), 2]) sum += x; return sum; }], 3);
same('asynchronous: a timer and queueMicrotask', () => [() => new Promise((resolve) => queueMicrotask(() => setTimeout(resolve, 1, 'done')))], 'done');
same('asynchronous: a thenable result is awaited', () => [() => ({ then: (resolve) => resolve('thenable') })], 'thenable');
