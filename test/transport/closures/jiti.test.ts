/** Files that jiti loads: it wraps them in a function of its own, and makes `import()` a call of one of that function's parameters. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { runInExecutor } from 'run-in-executor';
import { afterAll, expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';

const folder = new PackageFolder();

afterAll(() => folder.remove());

test('a function that imports a file travels: the thread imports it by itself', async () => {
  writeFileSync(join(folder.path, 'lib.mjs'), 'export const one = 1;');
  const load = runInThisContext(
    `(function (exports, require, module, __filename, __dirname, jitiImport) {
      const two = 2;
      return () => Promise.resolve().then(() => jitiImport('./lib.mjs').then((m) => m)).then(({ one }) => [one, two]);
    })`,
    { filename: join(folder.path, 'program.ts') },
  ) as (...parameters: unknown[]) => () => Promise<unknown>;
  const loading = Promise.resolve();
  const jiti = {
    import: async (file: string) => loading.then(() => import(/* @vite-ignore */ new URL(file, `file://${folder.path}/`).href)),
  };
  const fn = load({}, undefined, {}, join(folder.path, 'program.ts'), folder.path, jiti.import);
  await expect(fn()).resolves.toEqual([1, 2]);
  await expect(runInExecutor(fn)).resolves.toEqual([1, 2]);
});
