/** Programs into whose bundle the package has been put: as esbuild and others do with all packages, unless they are told otherwise. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Format } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

const formats: readonly [Format, file: string][] = [
  ['esm', 'server.mjs'],
  ['cjs', 'server.cjs'],
];
const elsewhere = mkdtempSync(join(tmpdir(), 'no-packages-'));
let folder: PackageFolder;

const program = `import { ExecutorError, ConcurrencyLimit, runInExecutor, sleepSync } from 'run-in-executor';
let factor = 3;
class Scale { #by = factor; times(n) { return n * this.#by; } }
async function main() {
  console.log(await runInExecutor((n) => new Scale().times(n), 5), await runInExecutor(sleepSync, 1));
  console.log(await runInExecutor.map((n) => n + factor, [1, 2]));
}
new ConcurrencyLimit(1).run(main).catch((error) => console.log(error instanceof ExecutorError || error.message));
`;

beforeAll(async () => {
  folder = new PackageFolder();
  mkdirSync(join(folder.path, 'out'));
  for (const [format, file] of formats) {
    const outfile = join(folder.path, 'out', file);
    const stdin = { contents: program, resolveDir: folder.path };
    await build({ stdin, outfile, format, bundle: true, platform: 'node', minify: true, logLevel: 'error' });
    copyFileSync(outfile, join(elsewhere, file));
  }
});

afterAll(() => {
  folder.remove();
  rmSync(elsewhere, { recursive: true, force: true });
});

test.each(formats)(
  'a bundle runs functions on threads by the package in node_modules around it, wherever it is started: %s',
  async (_, file) => {
    const { stdout, stderr } = await runProgram(process.execPath, [join(folder.path, 'out', file)], tmpdir());
    expect({ stdout, stderr }).toEqual({ stdout: '15 undefined\n[ 4, 5 ]\n', stderr: '' });
  },
);

test.each(formats)('a bundle alone says what it needs: %s', async (_, file) => {
  const { stdout } = await runProgram(process.execPath, [join(elsewhere, file)], elsewhere);
  expect(stdout).toContain('mark "run-in-executor" as external, or keep it in node_modules beside the bundle');
});

test('a bundle takes no other version of the package', async () => {
  const [, file] = formats[0] as [Format, string];
  const home = join(elsewhere, 'node_modules/run-in-executor');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "name": "run-in-executor", "version": "0.0.0" }');
  const { stdout } = await runProgram(process.execPath, [join(elsewhere, file)], elsewhere);
  expect(stdout).toContain('mark "run-in-executor" as external');
});
