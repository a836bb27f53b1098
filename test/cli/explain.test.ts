import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandLine, root } from '../setup/command-line.js';

test.concurrent.each([
  ['of Node, by name', ['node:path#basename'], 'basename crosses by name: node:path#basename'],
  ['of a package, by reference', ['lodash#chunk'], 'chunk crosses by reference: file://'],
  ['of a file, by reference', ['test/fixtures/modules/report.mjs#render'], 'render crosses by reference: file://'],
  ['of a CommonJS file, by reference', ['./test/fixtures/modules/single.cjs'], 'crosses by reference: file://'],
  ['written inline, by value', ['--eval', '(n) => n * 2'], 'crosses by value: [eval]:1'],
])('explain says how a function crosses: %s', async (_, args, answer) => {
  const { exitCode, stdout, stderr } = await commandLine(['explain', ...args]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(answer);
});

test('a function that cannot cross is a no: the reason is printed, and the exit code is 1', async () => {
  const { exitCode, stdout } = await commandLine([
    'explain',
    '--eval',
    'Object.getOwnPropertyDescriptor(Map.prototype, "size").get.bind(new WeakMap())',
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('cannot cross to a thread');
});

test('--json prints what explain(fn) returns', async () => {
  const { stdout } = await commandLine(['explain', 'node:path#basename', '--json']);
  expect(JSON.parse(stdout)).toEqual({ way: 'name', from: 'node:path#basename', captures: [] });
});

test('the command line brings its packages along, with their licences, and uses the one copy of the library', () => {
  const main = readFileSync(`${root}dist/src/cli/main.js`, 'utf8');
  const imported = [...main.matchAll(/ from "([^"]+)"/g)].map(([, specifier]) => specifier ?? '');
  expect([...new Set(imported.filter((specifier) => !/^node:|^\./.test(specifier)))]).toEqual(['run-in-executor']);
  expect(readFileSync(`${root}dist/THIRD-PARTY-LICENSES.txt`, 'utf8')).toMatch(
    /commander [\d.]+ \(MIT\)[\s\S]*Permission is hereby granted/,
  );
});
