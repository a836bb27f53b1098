// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// What only ES modules have. The imports stand in modules.head.js.

same('import: a namespace', () => [(x) => helpers.double(x) + helpers.constant, 2], 104);
same('import: a named binding', () => [(x) => double(x) + 1, 2], 5);
same('import: a default', () => [(x) => helperDefault(x), 2], 'default 2');
same('import: a renamed binding and one re-exported', () => [(x) => renamed(x) + viaIndex(x), 2], 8);
same('import: the function itself', () => [double, 4], 8);
same('import: a member of an exported object', () => [helpers.tools.nested.triple, 4], 12);
same('import: a class, made in the task', () => [(x) => new Counter(x).next(), 4], 5);
same('import: an instance of its class, captured', () => { const counter = new Counter(7); return [() => counter.next()]; }, 8);
same('import: an instance of its class as the result', () => [(x) => new Counter(x), 3]);
same('import: the default of a CommonJS file', () => [(x) => commonHelper.halve(x), 8], 4);
same('import: a function of a CommonJS file', () => [commonHelper.halve, 8], 4);
same('import: builtin modules, three ways', () => [(s) => [pathNamespace.basename(s), pathDefault.extname(s), join('a', s)], 'x/y.js'], ['y.js', '.js', 'a/x/y.js']);
same('import: a package', () => [(x) => forms_package.shout(x), 'hi'], 'HI!');
same('import: a package\'s function itself', () => [forms_package.shout, 'hi'], 'HI!');
same('import: a package\'s closure', () => [forms_package.shouter('?'), 'hi'], 'HI?');
same('import: a package\'s private helper through its closure', () => [forms_package.counter(), 2], 3);
same('import: JSON', () => [() => data.list[1] + data.name.length], 6);
same('import: a live binding', () => [() => helpers.live], 'first');
same('import.meta: url', () => [() => import.meta.url]);
same('import.meta: kept in a variable', () => { const meta = import.meta; return [() => [meta.url, meta.url === import.meta.url]]; });
same('import.meta: dirname and filename', () => [() => [import.meta.dirname, import.meta.filename]]);
same('import.meta: resolve', () => [() => import.meta.resolve('./helper.mjs')]);
same('import(): a relative file', () => [async (x) => (await import('./helper.mjs')).double(x), 3], 6);
same('import(): a package', () => [async (x) => (await import('forms-package')).shout(x), 'a'], 'A!');
same('import(): a builtin', () => [async () => (await import('node:path')).basename('a/b')], 'b');
same('import(): a name that is captured', () => { const name = 'node:os'; return [async () => typeof (await import(name)).EOL]; }, 'string');
same('top-level await: its value', () => [() => awaited.value], 'awaited');
same('export: a function of this file', () => [exported, 2], 12);
same('export: a function of this file, captured', () => [(x) => exported(x) + 1, 2], 13);
same('export: the default of this file', () => [defaultExport, 2], 'default export 2');
same('export: a let of this file', () => [() => exportedLet], 'let');
same('strict: this is undefined in plain functions', () => [function () { return this === undefined; }], true);
same('this at the top of a module', () => [topThis], true);
same('createRequire: made from import.meta.url', () => [(x) => requireHere('./helper.cjs').halve(x), 8], 4);
