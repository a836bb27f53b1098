/** Results whose prototype names no class, or that keep state under symbols: both are those that the module has here. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  folder.install('parsers', {
    'index.js': `const Bare = (() => { const C = function () {}; C.prototype = Object.create(null); return C; })();
      export function parse(text) { const found = new Bare(); found.text = text; return found; }
      export function Address(href) { if (!(this instanceof Address)) return new Address(href); this.href = href; }
      Address.prototype = { get length() { return this.href.length; }, toString() { return this.href; } };
      export const fresh = () => Object.create(Object.create(null), { a: { value: 1, enumerable: true } });`,
  });
  folder.install('words', {
    'package.json': '{ "name": "words", "main": "index.cjs" }',
    'core.cjs': `const Base = { extend(more) { return Object.assign(Object.create(this), more); }, create(n) { const made = this.extend(); made.n = n; return made; } };
      const Voice = Base.extend({ say(text) { return text + this.n; } });
      exports.loud = (n) => { const made = Voice.create(n); return Object.assign(made, { above: Voice, again: (text) => text + made.n }); };
      exports.Word = Base.extend({ toString() { return 'word ' + this.n; } });`,
    'word.cjs': `module.exports = require('./core.cjs').Word;`,
    'index.cjs': `const word = require('./word.cjs'); exports.make = (n) => word.create(n); exports.word = word; exports.loud = require('./core.cjs').loud;`,
  });
  folder.install('chunks', {
    'index.js': `const id = Symbol.for('chunks');
      const proto = { [id]: id, toString() { return 'chunk of ' + this.items.length; }, get size() { return this.items.length; } };
      export const make = (...items) => { const made = Object.create(proto); made.items = items; return made; };
      export const isChunk = (value) => id in value;`,
  });
  folder.install('archives', {
    'package.json': '{ "name": "archives", "main": "index.cjs" }',
    'part.cjs': `function Part(text) { this.text = text; } Part.prototype = { get length() { return this.text.length; }, upper() { return this.text.toUpperCase(); } };
      module.exports = Part;`,
    'index.cjs': `const Part = require('./part.cjs');
      exports.load = (text) => ({ files: text.split(',').map((each) => new Part(each)), clone() { return exports.load(text); } });
      exports.isWhole = ({ files }) => files.every((each) => each instanceof Part);`,
  });
  folder.install('bundled', {
    'package.json': '{ "name": "bundled", "main": "index.cjs" }',
    'index.cjs': `module.exports = (function (modules) {
        const loaded = {};
        function load(id) { if (!loaded[id]) { loaded[id] = {}; modules[id](loaded[id], load); } return loaded[id]; }
        return load(0);
      })([
        function (exports, load) { const parser = load(1); exports.parse = (text) => new parser.Parser(text).parse(); },
        function (exports, load) {
          const tree = load(2);
          exports.Parser = class Parser { constructor(text) { this.text = text; } parse() { return new tree.Script(this.text); } };
        },
        function (exports) { exports.Script = (function () { function Script(text) { this.text = text; } return Script; })(); },
      ]);`,
  });
  folder.install('nodes', {
    'symbols.js': `export const isClean = Symbol('clean'); export const links = Symbol('links'); export const secret = Symbol('secret');`,
    'node.js': `import { isClean, links, secret } from './symbols.js';
      export class Node {
        constructor() { this[isClean] = false; this[links] = { up: this }; this[secret] = () => this; this[Symbol('own')] = 1; }
        get isWhole() { return this[isClean] === false && this[links].up === this && this[secret] === undefined; }
      }`,
    'index.js': `import { Node } from './node.js'; export class Leaf extends Node {} export { Node };
      const TYPE = Symbol.for('nodes.type');
      export class Typed { constructor(type) { Object.defineProperty(this, TYPE, { value: type }); } get type() { return this[TYPE]; } }`,
  });
  folder.install('older', {
    'package.json': '{ "name": "older", "main": "index.cjs" }',
    'index.cjs': `function Bare() {} Bare.prototype = Object.create(null);
      exports.parse = (text) => Object.assign(new Bare(), { text });`,
  });
});

afterAll(() => folder.remove());

test.each(['mjs', 'cjs'])('of what a constructor made whose prototype was replaced, in a program.%s', async (extension) => {
  const imports =
    extension === 'mjs'
      ? `import { runInExecutor } from 'run-in-executor'; import { Address, fresh, parse } from 'parsers'; import older from 'older';`
      : `const { runInExecutor } = require('run-in-executor'); const { Address, fresh, parse } = require('parsers'); const older = require('older');`;
  const program = `program.${extension}`;
  writeFileSync(
    join(folder.path, program),
    `${imports}
    const prototypeOf = (value) => Object.getPrototypeOf(value);
    (async () => {
      const same = [];
      for (const fn of [parse, (text) => parse(text), older.parse, (text) => older.parse(text), Address, (text) => new Address(text)])
        same.push(prototypeOf(await runInExecutor(fn, 'a')) === prototypeOf(fn('a')));
      const address = await runInExecutor((text) => [new Address(text), new Address(text)], 'abc');
      same.push(address[0] instanceof Address, address[1].length === 3);
      for (let i = 0; i < 12; i++) same.push((await runInExecutor(fresh)).a === 1);
      console.log(same.every(Boolean), same.length);
    })();`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, [program], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({ exitCode: 0, stderr: '', stdout: 'true 20' });
});

test('of what a package made with an object for a prototype, exported or not', async () => {
  writeFileSync(
    join(folder.path, 'objects.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import { isChunk, make } from 'chunks'; import words from 'words';
    const [chunk, same] = [await runInExecutor(make, 1, 2), await runInExecutor(() => [make(), make()])];
    const word = await runInExecutor(words.make, 5);
    console.log(isChunk(chunk), chunk.size, String(chunk), isChunk(same[0]), Object.getPrototypeOf(same[1]) === Object.getPrototypeOf(make()));
    console.log(String(word), words.word.isPrototypeOf(word));`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['objects.mjs'], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: 'true 2 chunk of 2 true true\nword 5 true',
  });
});

test('of an argument that comes back with the function that it brought', async () => {
  writeFileSync(
    join(folder.path, 'back.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import words from 'words';
    const loud = words.loud(3);
    const back = await runInExecutor((given) => given, loud);
    console.log(back.again('!'), back.again === loud.again, loud.above.isPrototypeOf(back));
    console.log(back.create(4).n, Object.getPrototypeOf(back.above) === Object.getPrototypeOf(loud.above), back.say(1));`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['back.mjs'], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: '!3 true true\n4 true 4',
  });
});

test('of an inner class whose methods do not see it, as an argument, captured, and beside a method in a result', async () => {
  writeFileSync(
    join(folder.path, 'archives.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import archives from 'archives';
    const archive = archives.load('a,b');
    const { files } = await runInExecutor(archives.load, 'c,d');
    console.log(await runInExecutor(() => [archives.isWhole(archive), archive.files[0].length]));
    console.log(await runInExecutor(archives.isWhole, archives.load('a')), archives.isWhole({ files }), files[1].upper());`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['archives.mjs'], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({ exitCode: 0, stderr: '', stdout: '[ true, 1 ]\ntrue true D' });
});

test('of a class in a module inside a bundle, which its exports lead to', async () => {
  writeFileSync(
    join(folder.path, 'bundled.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import bundled from 'bundled';
    console.log((await runInExecutor(bundled.parse, 'a')).constructor === bundled.parse('a').constructor);`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['bundled.mjs'], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({ exitCode: 0, stderr: '', stdout: 'true' });
});

test('under symbols of its package an instance keeps what can cross', async () => {
  writeFileSync(
    join(folder.path, 'symbols.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import { Leaf, Node } from 'nodes';
    const [leaf, node] = await runInExecutor(() => [new Leaf(), new Node()]);
    console.log(leaf instanceof Leaf, leaf.isWhole, node.isWhole, Object.getOwnPropertySymbols(leaf).map(String).join());`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['symbols.mjs'], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: 'true true true Symbol(clean),Symbol(links)',
  });
});

test('under registered symbols an instance keeps what no loop shows, in a result and on the way there and back', async () => {
  writeFileSync(
    join(folder.path, 'typed.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import { Typed } from 'nodes';
    const made = await runInExecutor(() => new Typed('map'));
    const back = await runInExecutor((given) => [given.type, given], new Typed('list'));
    console.log(made.type, back[0], back[1].type, Object.keys(made).length, Object.getOwnPropertySymbols(made).length);`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['typed.mjs'], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({ exitCode: 0, stderr: '', stdout: 'map list list 0 1' });
});

test('of an instance that goes there and back, and which no method leads to', async () => {
  writeFileSync(
    join(folder.path, 'there.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import { parse } from 'parsers'; import older from 'older';
    const same = [];
    for (const value of [parse('a'), older.parse('b')])
      for (const back of [await runInExecutor((given) => given, value), await runInExecutor(() => value)])
        same.push(back.text === value.text && Object.getPrototypeOf(back) === Object.getPrototypeOf(value));
    console.log(same.join());`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['there.mjs'], folder.path);
  expect({ exitCode, stderr, stdout: stdout.trim() }).toEqual({ exitCode: 0, stderr: '', stdout: 'true,true,true,true' });
});
