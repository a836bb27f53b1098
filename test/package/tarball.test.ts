import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loaderFor, runProgram } from '../setup/programs.js';
import { installTarball } from './tarball.js';

let folder: string;

beforeAll(() => {
  folder = installTarball();
  cpSync(fileURLToPath(new URL('programs', import.meta.url)), folder, { recursive: true });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('in an empty folder with the packed tarball', () => {
  test.each(['program.mjs', 'program.cjs', 'program.ts'])('%s gets what the direct calls return', async (program) => {
    const { exitCode, stdout, stderr } = await runProgram(process.execPath, [...loaderFor(program), program], folder);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const [what, [received, expected]] of Object.entries(JSON.parse(stdout) as Record<string, [unknown, unknown]>)) {
      expect(received, what).toEqual(expected);
    }
  });

  test('overloads and generics keep their types', async () => {
    const options = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--allowImportingTsExtensions',
      '--skipLibCheck',
      'false',
    ];
    expect(await runProgram(process.execPath, ['node_modules/typescript/bin/tsc', ...options, 'program.ts'], folder)).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
  });
});
