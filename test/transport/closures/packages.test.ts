/** What packages keep beside their classes: settings on `globalThis` (zod, the language of its messages), symbols in other modules (linkedom). */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../setup/programs.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packages-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'run-in-executor'));
  install('schemas', {
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
  install('nodes', {
    'symbols.js': `export const END = Symbol('end'); export const START = Symbol('start');`,
    'base.js': `import { END, START } from './symbols.js';
      export class Base {
        constructor() { this[END] = { [START]: this }; }
        get isWhole() { return this[END][START] === this; }
      }`,
    'index.js': `import { Base } from './base.js'; export class Leaf extends Base {}`,
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

function install(name: string, files: Readonly<Record<string, string>>): void {
  const home = join(folder, 'node_modules', name);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name, type: 'module', exports: './index.js' }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text);
}

async function output(text: string): Promise<string> {
  writeFileSync(
    join(folder, 'program.mjs'),
    `import { runInExecutor } from 'run-in-executor'; import { Other, Schema, settings } from 'schemas'; import { Leaf } from 'nodes';${text}`,
  );
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['program.mjs'], folder);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
}

test('what the first instance set is set on a thread that is sent an instance, and what cannot cross of it stays', async () => {
  const program = `const [a, b] = [new Schema('a'), new Other('b')];
    console.log(await runInExecutor((x) => [a.parse(x), b.parse(x)], 1), b.parse(1));`;
  expect(await output(program)).toBe("[ 'not Schema: 1', 'not Schema: 1' ] not Schema: 1");
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
