import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInExecutor } from 'run-in-executor';
import { expect, test } from 'vitest';

test('a function of a file that begins with thousands of comments travels, as those of a webpack bundle', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-webpack-'));
  const file = join(folder, 'bundle.cjs');
  const comments = '/******/ \t// The module cache // and more\n'.repeat(2_000);
  // It says `use strict` somewhere, so that its head has to be read.
  writeFileSync(file, `${comments}/******/ module.exports = (factor) => { 'use strict'; return (n) => n * factor; };\n`);
  try {
    const make = createRequire(import.meta.url)(file) as (factor: number) => (n: number) => number;
    await expect(runInExecutor(make(3), 2)).resolves.toBe(6);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
