/** Files of which the program makes other code than they hold: what `@babel/register` does, and ts-node with `allowJs`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  mkdirSync(join(folder.path, 'lib'));
  writeFileSync(join(folder.path, 'lib', 'animals.js'), animals);
  writeFileSync(join(folder.path, 'zoo.js'), zoo);
  writeFileSync(join(folder.path, 'compiler.cjs'), compiler);
});

afterAll(() => folder.remove());

const animals = `export class Animal { constructor(name) { this.name = name; } }
export class Lost extends Error { constructor(name) { super(name); this.name = 'Lost'; } }
export const shout = (text) => text.toUpperCase();
`;
const zoo = `import { Animal, Lost, shout } from './lib/animals.js';
import { runInExecutor } from 'run-in-executor';
class Dog extends Animal {}
const isAnimal = (name) => [new Dog(name) instanceof Animal, Object.getPrototypeOf(Dog) === Animal, shout(name)];
const lose = (name) => { throw new Lost(name); };
runInExecutor(isAnimal, 'rex').then((there) => console.log(JSON.stringify(there)));
runInExecutor(lose, 'rex').catch((error) => console.log(error instanceof Lost, error instanceof Error, error.message));
`;
/** Takes the words of ES modules away, and some spaces. */
const compiler = `const { readFileSync } = require('node:fs');
const { extensions } = require;
const nodes = extensions['.js'];
extensions['.js'] = (module, file) => {
  if (file.includes('node_modules')) return nodes(module, file);
  const text = readFileSync(file, 'utf8');
  const names = [...text.matchAll(/^export (?:class|const) (\\w+)/gm)].map(([, name]) => name);
  const body = text
    .replaceAll(/^import (.*) from (.*);$/gm, 'const $1 = require($2);')
    .replaceAll(/^export /gm, '')
    .replaceAll('{ ', '{');
  module._compile(body + 'Object.assign(exports, { ' + names.join() + ' });', file);
};
`;

test('functions and classes of files that the program compiles for itself are the same ones throughout a call, and come home as themselves', async () => {
  writeFileSync(join(folder.path, 'program.cjs'), "require('./compiler.cjs');\nrequire('./zoo.js');\n");
  const { stdout, stderr } = await runProgram(process.execPath, ['program.cjs'], folder.path);
  expect({ lines: stdout.trim().split('\n').sort(), stderr }).toEqual({ lines: ['[true,true,"REX"]', 'true true rex'], stderr: '' });
});

test('where threads are given the compiler by a flag, too, they load the files themselves', async () => {
  const program = `require('./zoo.js');
    const { explain } = require('run-in-executor');
    console.log(explain(require('./lib/animals.js').shout).way);`;
  writeFileSync(join(folder.path, 'flagged.cjs'), program);
  const { stdout, stderr } = await runProgram(process.execPath, ['--require', './compiler.cjs', 'flagged.cjs'], folder.path);
  expect({ lines: stdout.trim().split('\n').sort(), stderr }).toEqual({
    lines: ['[true,true,"REX"]', 'reference', 'true true rex'],
    stderr: '',
  });
});
