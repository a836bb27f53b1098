/** Decorators that write down in a package what they were given, as class-validator's do; and packages imported for their effects alone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
let folder: string;

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'decorated-'));
  addPackage('rules', rules);
  addPackage('reflecting', `Reflect.noted = (Reflect.noted ?? 0) + 1;`);
  addPackage(
    'needing',
    `const { noted } = Reflect; if (noted === undefined) throw new Error('Nothing noted'); export const noteds = () => noted;`,
  );
  addPackage('starting', `console.log('started');`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function addPackage(name: string, text: string): void {
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  const format = text.includes('module.exports') ? 'commonjs' : 'module';
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name, type: format, main: 'index.js' }));
  writeFileSync(join(home, 'index.js'), text);
}

/** As class-validator keeps them, and class-transformer. */
const rules = `const kept = new Map();
  function note(target, rule) {
    kept.set(target, [...(kept.get(target) ?? []), rule]);
  }
  function check(object) {
    const found = kept.get(object.constructor);
    if (found === undefined) throw new Error('An unknown value was passed');
    return found.flatMap((rule) => rule(object) ?? []);
  }
  exports.note = note;
  exports.check = check;
  exports.IsString = () => (target, key, descriptor) =>
    note(target.constructor, (it) => (typeof it[key] === 'string' && descriptor === undefined ? [] : [key + ' is no string']));
  exports.OneOf = (values) => (target, key) => note(target.constructor, (it) => (values.includes(it[key]) ? [] : [key + ' is none of ' + values]));
  exports.Nested = (type) => (target, key) =>
    note(target.constructor, (it) => check(Object.assign(new (type())(), it[key])).map((each) => key + '.' + each));
  exports.Named = (name) => (type) => note(type, () => [name + ' of ' + type.name]);
  exports.Traced = () => (target, key, descriptor) => {
    const { value } = descriptor;
    note(target.constructor, () => [key + ' is traced']);
    return { ...descriptor, value(...args) { return 'traced ' + value.apply(this, args); } };
  };
  exports.At = (name) => (target, key, index) => note(target.constructor, () => [name + ' at ' + key + ' ' + index]);
  exports.size = () => kept.size;
  module.exports = exports;`;

const source = `import { At, IsString, Named, Nested, OneOf, Traced, check, size } from 'rules';
  import { runInExecutor } from 'run-in-executor';
  const colors = ['red', 'green'];
  enum Size { Small = 'small', Large = 'large' }
  const most = 3;
  class Address { @IsString() street!: string; @OneOf(Object.values(Size)) size!: Size; @OneOf([1, most]) number!: number; }
  @Named('Person') class Person {
    @IsString() name!: string;
    @OneOf(colors) color!: string;
    @Nested(() => Address) address!: Address;
    @Traced() greet(@At('word') word: string) { return word + ' ' + this.name; }
  }
  class Child extends Person { @IsString() toy!: string; }
  const isColor = (text: string) => colors.includes(text);
  const data = { name: 1, color: 'blue', address: { street: 2, size: 'huge', number: 3 }, toy: 3 };
  const use = (given: object) => {
    const person = Object.assign(new Person(), given);
    return [check(person), person.greet('Hello'), check(Object.assign(new Child(), given)), isColor('red')];
  };
  const sizes = () => [use(data), size()][1];
  Promise.all([runInExecutor(use, data), runInExecutor(use, data), runInExecutor(sizes), runInExecutor(sizes)]).then((there) =>
    console.log(JSON.stringify({ there, here: [use(data), use(data), size(), size()] })));`;

const legacy = { experimentalDecorators: true, useDefineForClassFields: false };

test.each<[string, string, (text: string) => string]>([
  ['TypeScript, to ES modules', 'mjs', (text) => compiled(text, ts.ModuleKind.ESNext)],
  ['TypeScript, to CommonJS', 'cjs', (text) => compiled(text, ts.ModuleKind.CommonJS)],
  ['esbuild, to ES modules', 'mjs', (text) => built(text, 'esm')],
  ['esbuild, all on one line, as tsx does', 'mjs', (text) => built(text, 'esm', true)],
  ['esbuild, to CommonJS', 'cjs', (text) => built(text, 'cjs')],
])('a package on the thread knows what decorators of a class by value have told it here: %s', (_, ending, compile) => {
  expectAgreement(written(`program-${Math.random()}.${ending}`, compile(source)));
});

function compiled(text: string, module: ts.ModuleKind): string {
  return ts.transpileModule(text, { compilerOptions: { ...legacy, module, target: ts.ScriptTarget.ES2022, esModuleInterop: true } })
    .outputText;
}

function built(text: string, format: 'esm' | 'cjs', isShort = false): string {
  return transformSync(text, {
    loader: 'ts',
    format,
    platform: 'node',
    minifyWhitespace: isShort,
    keepNames: isShort,
    tsconfigRaw: { compilerOptions: legacy },
  }).code;
}

test('a decorator whose arguments cannot be read any more is refused, unless it has changed the member', () => {
  const text = `import { IsString, OneOf, Traced, check } from 'rules';
    import { runInExecutor } from 'run-in-executor';
    const colors = ['red', 'green'];
    class Lost { @OneOf(colors) color!: string; }
    class Changed { @Traced(colors) greet() { return 'x'; } }
    const codes = [
      runInExecutor((color: string) => check(Object.assign(new Lost(), { color })), 'red').catch((error) => error.message),
      runInExecutor(() => new Changed().greet()),
    ];
    Promise.all(codes).then(([refusal, there]) => console.log(JSON.stringify({
      here: [true, 'traced x'],
      there: [/class .* decorator \`OneOf\` with \`colors\`.* declare the class in a module of its own/s.test(refusal) || refusal, there],
    })));`;
  expectAgreement(written('refused.mjs', compiled(text, ts.ModuleKind.ESNext)));
});

test('a decorator of the same file tells its variables once', () => {
  const text = `import { runInExecutor } from 'run-in-executor';
    const seen: string[] = [];
    const Seen = (name: string) => (_: object, key: string) => void seen.push(name + key);
    class Noted { @Seen('a') one = 1; }
    const use = () => [new Noted().one, seen, Seen.length];
    runInExecutor(use).then((there) => console.log(JSON.stringify({ there, here: use() })));`;
  expectAgreement(written('local.mjs', compiled(text, ts.ModuleKind.ESNext)));
});

test.each([
  [
    'mjs',
    `var helper = () => 0;\nimport 'reflecting';\nimport 'starting';\nimport { noteds } from 'needing'; import { runInExecutor } from 'run-in-executor';`,
  ],
  [
    'cjs',
    `require('reflecting');\nrequire('starting');\nconst { noteds } = require('needing'); const { runInExecutor } = require('run-in-executor');`,
  ],
])('what a file imports to add to what is built in is there on the thread before its other imports: %s', (ending, head) => {
  const text = `${head}
    const use = () => [Reflect.noted, noteds()];
    runInExecutor(use).then((there) => setImmediate(() => console.log(JSON.stringify({ there, here: use() }))));`;
  expectAgreement(written(`effects.${ending}`, text), 'started\nstarted\n');
});

test('where nothing was added to what is built in, a thread imports nothing for its effects', () => {
  const text = `import 'starting'; import { runInExecutor } from 'run-in-executor';
    const use = (n) => n + 1;
    runInExecutor(use, 1).then((there) => console.log(JSON.stringify({ there: [there], here: [use(1)] })));`;
  expectAgreement(written('effectless.mjs', text), 'started\n');
});

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function expectAgreement(program: string, before = ''): void {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 60_000 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  const { here, there } = JSON.parse(lines.find((line) => line.startsWith('{')) ?? '') as { here: unknown[]; there: unknown[] };
  expect(there).toEqual(here);
  expect(
    lines
      .filter((line) => !line.startsWith('{'))
      .map((line) => `${line}\n`)
      .join(''),
  ).toBe(before);
}
