/** Test runners that run files as they are: a thread that imported a test file would run its tests, or find no `it` there. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
let folder: string;

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'runner-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = `import { runInExecutor } from 'run-in-executor';
  const factor = 2;
  export const twice = (n) => n * factor;
  it('is twice as much', async () => console.log(await runInExecutor(twice, 21)));`;

test.each([
  ['by its name', 'sum.test.mjs', './sum.test.mjs'],
  ['by its folder', 'test/sum.mjs', './test/sum.mjs'],
  ['by its place in the command', 'sums.mjs', 'sums.mjs'],
])('a function that a test file exports goes by value under runners that leave files as they are: a file known %s', (_, name, given) => {
  write(name, source);
  const runner = write(
    'node_modules/mocha/bin/mocha.js',
    `globalThis.it = (_, body) => body(); import(require('node:url').pathToFileURL(require('node:path').resolve(process.argv[2])));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [runner, given], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  expect({ stdout, stderr }).toEqual({ stdout: '42\n', stderr: '' });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
