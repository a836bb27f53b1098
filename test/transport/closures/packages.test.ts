/** What packages keep beside their classes: settings on `globalThis` (zod, the language of its messages), symbols in other modules (linkedom). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  folder.install('schemas', {
    'index.js': `globalThis.__schemas_settings ??= {};
      export const settings = globalThis.__schemas_settings;
      export class Schema {
        constructor(name) {
          this.name = name;
          settings.message ??= (given) => 'not ' + this.constructor.name + ': ' + given;
          settings.made = new WeakMap();
        }
        parse(given) { return settings.message?.(given) ?? 'no words'; }
      }
      export class Other extends Schema {}`,
  });
  folder.install('nodes', {
    'symbols.js': `export const END = Symbol('end'); export const START = Symbol('start');`,
    'base.js': `import { END, START } from './symbols.js';
      export class Base {
        constructor() { this[END] = { [START]: this }; }
        get isWhole() { return this[END][START] === this; }
      }`,
    'index.js': `import { Base } from './base.js'; export class Leaf extends Base {}`,
  });
  folder.install('observed', {
    'index.js': `const known = new WeakMap();
      export function observe(target) {
        let version = 1;
        const proxy = new Proxy(target, { set: (into, key, value) => (version++, Reflect.set(into, key, value)) });
        known.set(proxy, () => version);
        return proxy;
      }
      export const versionOf = (proxy) => known.get(proxy)?.();
      const administration = Symbol('administration');
      const traps = { get: (target, key) => (key === 'length' ? target[administration].count : target[key]) };
      export const counted = (target, count) => new Proxy(Object.defineProperty(target, administration, { value: { count } }), traps);
      export const isCounted = (value) => value[administration] !== undefined;`,
  });
  const tokens = `class Type { constructor(label) { this.label = label; } }
    const types = { name: new Type('name'), number: new Type('number') };
    const typeOf = (text) => (/\\d/.test(text) ? types.number : types.name);`;
  folder.install('tokens', { 'index.js': `${tokens} export { Type, typeOf, types };` });
  folder.install('tokens-cjs', {
    'package.json': '{ "name": "tokens-cjs", "main": "index.cjs" }',
    'index.cjs': `${tokens} module.exports = { Type, typeOf, types };`,
  });
  folder.install('folders', {
    'index.js': `export class Archive {
        folders = new WeakMap();
        parts = [];
        add(name, folder) { const part = { name }; this.parts.push(part); this.folders.set(part, folder); return this; }
        paths() { return this.parts.map((part) => this.folders.get(part) + '/' + part.name); }
      }`,
  });
});

afterAll(() => folder.remove());

async function output(text: string): Promise<string> {
  writeFileSync(
    join(folder.path, 'program.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import { Other, Schema, settings } from 'schemas'; import { Leaf } from 'nodes';${text}`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['program.mjs'], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
}

test('what the first instance set is set on a thread that is sent an instance, and what cannot cross of it stays', async () => {
  const program = `const [a, b] = [new Schema('a'), new Other('b')];
    console.log(await runInExecutor((x) => [a.parse(x), b.parse(x)], 1), b.parse(1));`;
  expect(await output(program)).toBe("[ 'not Schema: 1', 'not Schema: 1' ] not Schema: 1");
});

test('what a package knows of a proxy that it has made, the package of the thread knows, too', async () => {
  const program = `const { observe, versionOf } = await import('observed'); const state = observe({ n: 1 }); state.n = 2;
    console.log(await runInExecutor(() => { state.n = 3; return [versionOf(state), state.n]; }), versionOf(state));`;
  expect(await output(program)).toBe('[ 3, 3 ] 2');
});

test('proxies that a package exports, revoked ones and those that throw at every question, keep nothing else of it from crossing', async () => {
  folder.install('guarded', {
    'index.js': `const refuse = () => { throw new Error('not to be asked'); };
      const traps = { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse };
      const made = [Proxy.revocable({}, {}), Proxy.revocable(function () {}, {})];
      for (const { revoke } of made) revoke();
      export const [revoked, revokedFunction] = made.map(({ proxy }) => proxy);
      export const throwing = new Proxy({}, traps), throwingFunction = new Proxy(function () {}, traps);
      export const group = { revoked, throwing };
      const known = new WeakMap(), mark = Symbol('mark');
      export class Thing {
        constructor(value) { this[mark] = value; known.set(this, value); }
        read() { return [this[mark], known.get(this)].join(); }
      }
      export function File() {}
      File.prototype = { read: () => 'a file' };
      class Inner { read() { return 'inner'; } }
      export const inner = () => new Inner();
      export const asks = () => (key) => known.has(key);`,
  });
  const program = `import { Thing, File, asks, inner } from 'guarded';
    const run = runInExecutor, read = (it) => it.read();
    for (const make of [() => new Thing(3), () => new File(), inner]) console.log(await run(read, make()), (await run(make)).read());
    console.log(await run(asks(), {}));`;
  expect(await output(program)).toBe('3,3 3,3\na file a file\ninner inner\nfalse');
});

test('what the program has set goes before', async () => {
  const program = `settings.message = (given) => 'nein: ' + given; const a = new Schema('a');
    console.log(await runInExecutor((x) => [a.parse(x), new Schema('c').parse(x)], 1));`;
  expect(await output(program)).toBe("[ 'nein: 1', 'nein: 1' ]");
});

test("symbols of another module, under which a base class and its parts keep state, are the thread's own", async () => {
  const program = `const leaf = new Leaf(); console.log(await runInExecutor(() => leaf.isWhole));`;
  expect(await output(program)).toBe('true');
});

test('a getter of Node itself that is met on globalThis refuses nothing', async () => {
  const program = `const { get, set } = Object.getOwnPropertyDescriptor(globalThis, 'Buffer');
    console.log(await runInExecutor(() => typeof get + typeof set));`;
  expect(await output(program)).toBe('functionfunction');
});

test("a WeakMap in a field of a package's instance goes along with what it says of the parts that do; the one that a program keeps is refused", async () => {
  const program = `const { Archive } = await import('folders');
    const archive = new Archive().add('a.xml', 'word').add('b.xml', 'docs');
    const own = new (class { seen = new WeakMap(); })();
    console.log(await runInExecutor(() => archive.paths()), await runInExecutor((it) => it.paths(), archive));
    console.log(await runInExecutor(() => own.seen.has(own)).catch((error) => error.path));`;
  expect(await output(program)).toBe("[ 'word/a.xml', 'docs/b.xml' ] [ 'word/a.xml', 'docs/b.xml' ]\nclosure of (anonymous) → own → seen");
});

test('what an instance keeps in plain data under symbols of its package is there in an argument and in a result', async () => {
  const program = `const made = await runInExecutor((leaf) => [leaf.isWhole, new Leaf()], new Leaf());
    console.log(made[0], made[1].isWhole);`;
  expect(await output(program)).toBe('true true');
});

test('a captured proxy keeps what its traps look for under a symbol out of sight, of an array, too', async () => {
  const program = `import { counted, isCounted } from 'observed';
    const [object, array] = [counted({}, 5), counted([1, 2], 7)];
    console.log(await runInExecutor(() => [object.length, isCounted(object), array.length, isCounted(array), array[1]]));`;
  expect(await output(program)).toBe('[ 5, true, 7, true, 2 ]');
});

test('constants that a module keeps in an object that it exports are its own on a thread, unless the program has changed them', async () => {
  const program = `import * as tokens from 'tokens'; import older from 'tokens-cjs';
    const [plugin, numbers] = [{ wants: tokens.types.number, types: tokens.types }, older.types.number];
    console.log(await runInExecutor((text) => [tokens.typeOf(text) === plugin.wants, tokens.typeOf(text) === plugin.types.number], '1'));
    console.log(await runInExecutor((wanted) => [older.typeOf('1') === numbers, older.typeOf('a') === wanted], older.types.name));
    tokens.types.name.label = 'word';
    console.log(await runInExecutor((wanted) => [wanted.label, wanted instanceof tokens.Type], tokens.types.name));`;
  expect(await output(program)).toBe("[ true, true ]\n[ true, true ]\n[ 'word', true ]");
});
