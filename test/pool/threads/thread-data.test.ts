import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInExecutor } from 'run-in-executor';
import { expect, test } from 'vitest';
import { PackageFolder } from '../../setup/package-folder.js';
import { runProgram } from '../../setup/programs.js';

test('a module that takes workerData apart as it loads, as packages for the workers of the web do, loads on a thread', async () => {
  const start = (): string => {
    const { mode } = process.getBuiltinModule('node:worker_threads').workerData as { mode?: string };
    return mode ?? 'without a mode';
  };
  expect(await runInExecutor(start)).toBe('without a mode');
});

test('a file that --require gives to threads, too, and that makes a call, starts no threads out of threads', async () => {
  const folder = new PackageFolder();
  writeFileSync(
    join(folder.path, 'preloaded.cjs'),
    `const { runInExecutor } = require('run-in-executor');
    const two = 2;
    globalThis.answer = runInExecutor((n) => n * two, 21);`,
  );
  writeFileSync(join(folder.path, 'program.cjs'), 'globalThis.answer.then((value) => console.log(value));');
  try {
    const ran = await runProgram(process.execPath, ['--require', './preloaded.cjs', 'program.cjs'], folder.path);
    expect(ran).toMatchObject({ stdout: '42\n', stderr: '', exitCode: 0 });
  } finally {
    folder.remove();
  }
});
