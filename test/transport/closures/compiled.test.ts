/** What compilers and bundlers put around imports, in programs of their own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync, transformSync } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
let folder: string;

// Within the package, so that the programs find it and what it has installed.
beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'compiled-'));
  mkdirSync(join(folder, 'node_modules', 'tiny'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'tiny', 'package.json'), '{ "name": "tiny", "type": "commonjs" }');
  writeFileSync(join(folder, 'node_modules', 'tiny', 'index.js'), tiny);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// As lodash, but small: to look at all of a large one takes seconds on a busy machine, and then it is refused.
const tiny = `var notes = new WeakMap();
  function noted(fn) { return notes.has(fn) ? 1 : 0; }
  function tiny(rows) { return tiny.sum(rows) + noted(tiny); }
  tiny.sum = function (rows) { return rows.reduce((a, b) => a + b, noted(tiny)); };
  tiny.version = '1.0';
  module.exports = tiny;`;
const source = `import tiny from 'tiny';
  import { runInExecutor } from 'run-in-executor';
  const rows = [1, 2, 3];
  const total = (factor) => tiny.sum(rows) * factor + tiny(rows);
  const named = (text) => text + tiny.version;
  Promise.all([runInExecutor(total, 2), runInExecutor(named, 'a')])
    .then((there) => console.log(JSON.stringify({ there, here: [total(2), named('a')] })));`;

test.each<[string, BuildOptions]>([
  ['the package outside', { external: ['run-in-executor', 'tiny'] }],
  ['the package in it', { external: ['run-in-executor'] }],
  ['the package in it, minified, with a source map', { external: ['run-in-executor'], minify: true, sourcemap: true }],
])('a closure over a package that is a function, and keeps a WeakMap, travels out of a bundle of esbuild: %s', (title, options) => {
  const outfile = join(folder, `${title.replaceAll(/\W+/g, '-')}.cjs`);
  const stdin = { contents: source, resolveDir: folder };
  buildSync({ stdin, outfile, bundle: true, format: 'cjs', platform: 'node', logLevel: 'error', ...options });
  expectAgreement(outfile);
});

test.each([
  [
    'Babel',
    `function wildcard(e, t) {
      if ("function" == typeof WeakMap) var r = new WeakMap(), n = new WeakMap();
      return (wildcard = function (e, t) {
        if (!t && e && e.__esModule) return e;
        var o = t ? n : r;
        if (o.has(e)) return o.get(e);
        var f = { __proto__: null, default: e, ...e };
        return o.set(e, f), f;
      })(e, t);
    }`,
  ],
  [
    'SWC',
    `function getCache(nodeInterop) {
      if (typeof WeakMap !== 'function') return null;
      var cacheBabelInterop = new WeakMap(), cacheNodeInterop = new WeakMap();
      return (getCache = function (nodeInterop) { return nodeInterop ? cacheNodeInterop : cacheBabelInterop; })(nodeInterop);
    }
    function wildcard(obj, nodeInterop) {
      var cache = getCache(nodeInterop);
      if (cache.has(obj)) return cache.get(obj);
      var made = { __proto__: null, default: obj, ...obj };
      return cache.set(obj, made), made;
    }`,
  ],
])('an import() that %s has compiled to CommonJS is made on the thread', (compiler, helper) => {
  const file = join(folder, `import-${compiler}.cjs`);
  const program = `'use strict';
    ${helper}
    const { runInExecutor } = require('run-in-executor');
    const load = (name) => Promise.resolve().then(() => wildcard(require('node:path'))).then((path) => path.default.basename(name) + path.sep);
    (async () => console.log(JSON.stringify({ here: [await load('a/b')], there: [await runInExecutor(load, 'a/b')] })))();`;
  writeFileSync(file, program);
  expectAgreement(file);
});

const namespaces = `import * as crypto from 'node:crypto';
  import events, { once } from 'node:events';
  import * as fs from 'node:fs';
  import lodash from 'lodash';
  import * as process from 'node:process';
  import { explain, runInExecutor } from 'run-in-executor';
  const use = () => [crypto.createHash('sha1').update('a').digest('hex'), typeof new events().on, typeof once, typeof fs.readFileSync,
    fs.default.existsSync('/nowhere'), Object.keys(fs).includes('promises'), lodash.sum([1, 2]), process.version, typeof process.default.cwd];
  runInExecutor(use).then((there) => {
    console.log(JSON.stringify({ there, here: use() }));
    if (explain(use).captures.some(({ bytes }) => bytes > 1000)) throw new Error(explain(use).toString());
  });`;

test.each([
  ['esbuild', (text: string) => transformSync(text, { format: 'cjs', platform: 'node' }).code],
  [
    'TypeScript',
    (text: string) =>
      ts.transpileModule(text, {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
      }).outputText,
  ],
])("modules that %s has wrapped for import are the thread's own, not copied", (compiler, compile) => {
  const file = join(folder, `namespaces-${compiler}.cjs`);
  writeFileSync(file, compile(namespaces));
  expectAgreement(file);
});

test('captured arguments of strict code travel', () => {
  const file = join(folder, 'arguments.mjs');
  const program = `import { runInExecutor } from 'run-in-executor';
    function sum() { const given = arguments; return () => [...given].reduce((a, b) => a + b, given.length); }
    console.log(JSON.stringify({ here: [sum(1, 2)()], there: [await runInExecutor(sum(1, 2))] }));`;
  writeFileSync(file, program);
  expectAgreement(file);
});

test('static fields whose values stand in parentheses, as where Istanbul counts, are those of the class', () => {
  const file = join(folder, 'static.mjs');
  const program = `import { runInExecutor } from 'run-in-executor';
    let counted = 0;
    class Counted { static first = (counted++, 1); static second = (2) /* two */
      static third = ( 3 ); sum(n) { return n + Counted.first + Counted.second + Counted.third; } }
    const use = (n) => new Counted().sum(n);
    console.log(JSON.stringify({ here: [use(1), 1], there: [await runInExecutor(use, 1), counted] }));`;
  writeFileSync(file, program);
  expectAgreement(file);
});

// Its import stands in the middle of the one line, and constants bear the names of variables elsewhere.
test('functions that share a variable travel out of a minified module', () => {
  const program = join(folder, 'minified.mjs');
  const text = `const e=1;import{runInExecutor as t}from"run-in-executor";const make=()=>{let e=0;return{up:()=>++e,get:()=>e}};const o=make();console.log(JSON.stringify({there:await t(()=>(o.up(),o.up(),o.get())),here:make().get()+2*e}));`;
  writeFileSync(program, text);
  expectAgreement(program);
});

test.each([
  [
    'SWC',
    `Object.defineProperty(exports, "default", { enumerable: true, get: function () { return _class; } });
    var _class = /*#__PURE__*/ function () {
      "use strict";
      function _class(cents) { if (!(this instanceof _class)) throw new TypeError("Cannot call a class as a function"); this.cents = cents; }
      return _class;
    }();`,
  ],
  [
    'Babel',
    `exports.default = void 0;
    var _default = exports.default = /*#__PURE__*/function () {
      function _default(cents) { if (!(this instanceof _default)) throw new TypeError("Cannot call a class as a function"); this.cents = cents; }
      return Object.defineProperty(_default, "prototype", { writable: !1 });
    }();`,
  ],
])('a nameless default class that %s has made a function comes back as itself', (compiler, text) => {
  writeFileSync(
    join(folder, `money-${compiler}.cjs`),
    `'use strict'; Object.defineProperty(exports, '__esModule', { value: true });\n${text}`,
  );
  const file = join(folder, `nameless-${compiler}.cjs`);
  const program = `'use strict';
    const money = require('./money-${compiler}.cjs');
    const { runInExecutor } = require('run-in-executor');
    const make = (cents) => new money.default(cents);
    const shown = (it) => [it instanceof money.default, it.constructor.name, it.cents];
    runInExecutor(make, 5).then((it) => console.log(JSON.stringify({ here: shown(make(5)), there: shown(it) })));`;
  writeFileSync(file, program);
  expectAgreement(file);
});

// Babel's helper, shortened: its prototypes inherit from the engine's iterators, and `t` holds on to what was awaited last.
const regenerator = `function _regenerator() {
    var t;
    function Generator() {}
    var proto = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
    Generator.prototype = proto;
    proto.next = function () { return this._invoke(); };
    function wrap(run) {
      var made = Object.create(Generator.prototype), context = { n: 0 };
      made._invoke = function () {
        for (; (t = context.done) !== true; ) { t = run(context); return { value: t, done: context.done === true }; }
        return { value: undefined, done: true };
      };
      return made;
    }
    return (_regenerator = function () { return { w: wrap }; })();
  }
  function drive(made) {
    return new Promise(function (resolve, reject) {
      (function step() { var now = made.next(); now.done ? resolve(now.value) : Promise.resolve(now.value).then(step, reject); })();
    });
  }`;

test('async functions and generators that Babel has made for ES5 travel, before and after they have run', () => {
  const file = join(folder, 'regenerator.cjs');
  const program = `'use strict';
    ${regenerator}
    const { runInExecutor } = require('run-in-executor');
    const later = (x) => drive(_regenerator().w((context) => {
      switch (context.n++) { case 0: return new Promise((resolve) => setTimeout(resolve, 1)); default: context.done = true; return x + 1; }
    }));
    (async () => {
      const there = [await runInExecutor(later, 1)];
      const here = [await later(1), await later(2)];
      console.log(JSON.stringify({ there: [...there, await runInExecutor(later, 2)], here }));
    })();`;
  writeFileSync(file, program);
  expectAgreement(file);
});

test('private methods that SWC has made functions travel with the WeakMaps that they use', () => {
  const file = join(folder, 'private-methods.cjs');
  const program = `'use strict';
    const { runInExecutor } = require('run-in-executor');
    function _class_private_field_get(receiver, privateMap) { return privateMap.get(receiver); }
    function make() {
      var _x = new WeakMap();
      class Counter {
        run(by) { return twice.call(this) * by; }
        constructor() { _x.set(this, 2); }
      }
      function twice() { return _class_private_field_get(this, _x) * 2; }
      return (by) => new Counter().run(by);
    }
    const fn = make();
    runInExecutor(fn, 3).then((there) => console.log(JSON.stringify({ here: [fn(3)], there: [there] })));`;
  writeFileSync(file, program);
  expectAgreement(file);
});

function expectAgreement(program: string): void {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 60_000 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { here, there } = JSON.parse(stdout) as { here: unknown[]; there: unknown[] };
  expect(there).toEqual(here);
}

test('a class that a decorator replaced with a nameless one is found behind the getters that esbuild and tsx make', () => {
  const compiled = (name: string, text: string): void => {
    const { code } = transformSync(text, {
      loader: 'ts',
      format: 'cjs',
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    });
    writeFileSync(join(folder, name), code);
  };
  compiled(
    'service.cjs',
    `function tagged(type: any): any { return class extends type { tag = 'x'; }; }
    export let calls = 0;
    @tagged export class Service { count() { return ++calls; } }`,
  );
  compiled('registry.cjs', `import { Service } from './service.cjs'; export const all = [Service];`);
  writeFileSync(
    join(folder, 'decorated.cjs'),
    `const { all: [Service] } = require('./registry.cjs');
    const { explain, runInExecutor } = require('run-in-executor');
    const service = new Service();
    // A class by value would have a count of its own, at each call.
    runInExecutor((it) => [it.count(), it.count(), it], service).then(([, count, it]) => console.log(count, it instanceof Service, it.tag, explain(Service).way));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['decorated.cjs'], { cwd: folder, encoding: 'utf8' });
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '2 true x reference', stderr: '' });
});
