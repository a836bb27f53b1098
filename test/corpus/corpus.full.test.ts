import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runProgram } from '../setup/programs.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

test('functions of well-known packages give through the executor what the direct call gives, or are refused with the reason', async () => {
  // A folder of its own, so that a contributor's first install stays small.
  if (!existsSync(new URL('node_modules', import.meta.url)))
    execFileSync('npm', ['ci', '--prefer-offline'], { cwd: folder, stdio: 'pipe' });
  const { exitCode, stdout } = await runProgram(process.execPath, ['run.mjs', '--quiet', '--jobs', '2'], folder, 900_000);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('give what the direct call gives') });
}, 1_200_000);
