// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// What only CommonJS has. The requires stand in commonjs.head.js.

same('require: a relative file, inside the function', () => [(x) => require('./helper.cjs').halve(x), 8], 4);
same('require: a builtin, inside the function', () => [(s) => require('node:path').basename(s), 'a/b'], 'b');
same('require: a package, inside the function', () => [(s) => require('forms-common').whisper(s), 'HI'], 'hi…');
same('require: JSON, inside the function', () => [() => require('./data.json').list[1]], 2);
same('require: a captured module', () => [(x) => common.halve(x) + path.sep.length, 8], 5);
same('require: a captured function of a file', () => [(x) => halve(x), 8], 4);
same('require: a function of a file itself', () => [halve, 8], 4);
same('require: a function of a package itself', () => [whisper, 'HI'], 'hi…');
same('require: a package\'s module that is a function with members', () => [(s) => [callable(s), callable.loud(s)], 'a'], ['called a', 'CALLED A']);
same('require: a package\'s class, an instance captured', () => { const box = new Box(4); return [() => box.open()]; }, 4);
same('require: a member behind a getter', () => [lazy, 'x'], 'lazy x');
same('require: resolve', () => [() => require.resolve('./helper.cjs')]);
same('__dirname and __filename', () => [() => [__dirname, __filename]]);
same('module and exports: this file\'s own exports', () => [(x) => module.exports.exported(x) + exports.exported(x), 1], 22);
same('module.exports: a function of this file', () => [module.exports.exported, 1], 11);
same('import() in CommonJS: a relative file', () => [async (x) => (await import('./helper.mjs')).double(x), 3], 6);
same('import() in CommonJS: a package', () => [async (x) => (await import('forms-package')).shout(x), 'a'], 'A!');
