/** `import.meta.resolve` in functions by value: as in the file that they were written in, and not as in this package's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

let folder: PackageFolder;

beforeAll(() => {
  folder = new PackageFolder();
  folder.install('dual', { 'index.js': '' });
  // What this package depends on, in another version.
  folder.install('acorn', { 'index.js': '' });
  mkdirSync(join(folder.path, 'lib'));
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ name: 'app', imports: { '#lib/*': './lib/*.js' } }));
  writeFileSync(join(folder.path, 'lib', 'own.js'), '');
});

afterAll(() => folder.remove());

test.each(['dual', 'acorn', '#lib/own', './lib/own.js', 'fs', 'node:fs', 'data:text/javascript,1'])('of %s', async (specifier) => {
  const program = `import { runInExecutor } from 'run-in-executor';
    const resolve = (specifier) => import.meta.resolve(specifier);
    console.log(await runInExecutor(resolve, '${specifier}') === resolve('${specifier}'));`;
  writeFileSync(join(folder.path, 'program.mjs'), program);
  expect(await runProgram(process.execPath, ['program.mjs'], folder.path)).toMatchObject({ stdout: 'true\n', stderr: '', exitCode: 0 });
});

test('of what is not there: it throws, as here', async () => {
  const program = `import { runInExecutor } from 'run-in-executor';
    await runInExecutor(() => import.meta.resolve('nowhere')).catch((error) => console.log(error.code));`;
  writeFileSync(join(folder.path, 'program.mjs'), program);
  expect(await runProgram(process.execPath, ['program.mjs'], folder.path)).toMatchObject({ stdout: 'ERR_MODULE_NOT_FOUND\n' });
});

test('of a function that somebody called anonymous, as what is made of a text is called', async () => {
  const program = `import { runInExecutor } from 'run-in-executor';
    const make = (k) => function anonymous(specifier) {
      return [k, import.meta.resolve(specifier)];
    };
    console.log((await runInExecutor(make(1), './lib/own.js')).join() === make(1)('./lib/own.js').join());
    console.log(await runInExecutor(new Function('a', 'b', 'return a + b'), 1, 2), await runInExecutor(new Function('return 3')));`;
  writeFileSync(join(folder.path, 'program.mjs'), program);
  expect(await runProgram(process.execPath, ['program.mjs'], folder.path)).toMatchObject({ stdout: 'true\n3 3\n', stderr: '' });
});
