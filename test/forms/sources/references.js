// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// What every runtime with threads can do: functions by name and by reference. The closures at the end may be refused, with the reason.

same('by name: globals', () => [Math.hypot, 3, 4], 5);
same('by name: a member of a builtin module', () => [pathNamespace.basename, 'a/b.js', '.js'], 'b');
same('by name: a Buffer there and back', () => [Buffer.from, 'abc', 'utf8'], Buffer.from('abc'));
same('by reference: a function of a file', () => [double, 4], 8);
same('by reference: the default of a file', () => [helperDefault, 4], 'default 4');
same('by reference: a member of an exported object', () => [helpers.tools.nested.triple, 4], 12);
same('by reference: a function of a CommonJS file', () => [commonHelper.halve, 8], 4);
same('by reference: a function of a package', () => [forms_package.shout, 'hi'], 'HI!');
form('by reference: many at once', async (run) => (await Promise.all(Array.from({ length: 40 }, (_v, i) => run(double, i)))).reduce((a, b) => a + b, 0), 1560);
form('arguments: an instance of a local class', async (run) => { class Plain { constructor(n) { this.n = n; } add(k) { return this.n + k; } } return run((p) => p.add(1), new Plain(2)); }, 3);
form('arguments: an instance of an imported class', async (run) => { const counter = await run((c) => c, new Counter()); return counter instanceof Counter; }, true, { direct: false });
form('arguments: Map, Date, typed array, cycle', async (run) => { const o = { m: new Map([[1, new Date(5)]]), b: new Uint8Array([1, 2]) }; o.self = o; const back = await run(structuredClone, o); return [back.self === back, back.m.get(1).getTime(), back.b]; }, [true, 5, new Uint8Array([1, 2])]);
form('errors: class and message', async (run) => { const e = await failure(run(JSON.parse, '{')); return e instanceof SyntaxError; }, true);
form('errors: a value that cannot cross', async (run) => (await failure(run(structuredClone, new WeakMap()))).code, 'ERR_VALUE_NOT_SENDABLE', { direct: false });
same('by value: a function that captures nothing', () => [(x) => x * 2, 4], 8);
same('by value: a closure', () => { const by = 3; return [(x) => x * by, 4]; }, 12);
same('by value: a class', () => { class C { twice(x) { return x * 2; } } return [(x) => new C().twice(x), 4]; }, 8);
same('by value: bound', () => [((a, b) => a - b).bind(null, 5), 3], 2);
