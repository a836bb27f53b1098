import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInExecutor } from 'run-in-executor';
import { expect, test } from 'vitest';

const bundle = `var modules = { main: (module) => { module.exports = Promise.resolve(); }, lib: (module) => { module.exports = { twice: (n) => n * 2 }; } };
var cache = {};
function load(id) {
  if (cache[id] !== undefined) return cache[id].exports;
  var module = (cache[id] = { exports: {} });
  modules[id](module, module.exports, load);
  return module.exports;
}
load.c = cache;
load('main');
module.exports = (more) => (n) => load('lib').twice(n) + Object.keys(load.c).length + more;
`;

test('a function that loads a module of its bundle travels, though the program awaits at its top level', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-webpack-'));
  const file = join(folder, 'bundle.cjs');
  writeFileSync(file, bundle);
  try {
    const make = createRequire(import.meta.url)(file) as (more: number) => (n: number) => number;
    await expect(runInExecutor(make(1), 4)).resolves.toBe(10);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a function of a file that begins with thousands of comments travels, as those of a webpack bundle', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-webpack-'));
  const file = join(folder, 'bundle.cjs');
  const comments = '/******/ \t// The module cache // and more\n'.repeat(2_000);
  // It says `use strict` somewhere, so that its head has to be read.
  writeFileSync(file, `${comments}/******/ module.exports = (factor) => { 'use strict'; return (n) => n * factor; };\n`);
  try {
    const make = createRequire(import.meta.url)(file) as (factor: number) => (n: number) => number;
    await expect(runInExecutor(make(3), 2)).resolves.toBe(6);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('code that webpack hands to eval() while a program is developed is as strict on a thread as here', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-webpack-'));
  const file = join(folder, 'bundle.cjs');
  const text = `{__webpack_require__.r(__webpack_exports__);
const one = 1;
module.exports = () => ({
  unknown: () => typeof nowhere + one,
  plain: function () { return [this === undefined, one]; },
  arrow: () => { undeclared = one; },
});
//# sourceURL=webpack://example/./program.js?
}`;
  writeFileSync(
    file,
    `((module, __webpack_exports__, __webpack_require__) => {\n"use strict";\neval(${JSON.stringify(text)});\n})(module, {}, { r() {} });\n`,
  );
  try {
    const make = createRequire(import.meta.url)(file) as () => Record<'unknown' | 'plain' | 'arrow', () => unknown>;
    const made = make();
    // Whether the name is one of a function around: for this the module's text is read.
    await expect(runInExecutor(made.unknown)).resolves.toBe('undefined1');
    await expect(runInExecutor(made.plain)).resolves.toEqual([true, 1]);
    await expect(runInExecutor(made.arrow)).rejects.toThrow(ReferenceError);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
