import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loaderFor, type Outcome, runProgram } from '../setup/programs.js';
import { expectAgreement, expectPromisesKept } from './agreement.js';
import { installTarball } from './tarball.js';

let folder: string;

beforeAll(() => {
  folder = installTarball();
  cpSync(fileURLToPath(new URL('programs', import.meta.url)), folder, { recursive: true });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('in an empty folder with the packed tarball', () => {
  test.each(['program.mjs', 'program.cjs', 'program.ts'])('%s gets what the direct calls return', async (program) => {
    expectAgreement(await node(...loaderFor(program), program));
  });

  test('what the library promises holds', async () => {
    expectPromisesKept(await node('smoke.mjs'));
  });

  test('overloads and generics keep their types', async () => {
    const strict = ['--strict', '--skipLibCheck', 'false'];
    const platform = ['--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
    const compiler = ['node_modules/typescript/bin/tsc', '--noEmit', '--allowImportingTsExtensions'];
    expect(await node(...compiler, ...strict, ...platform, 'program.ts')).toMatchObject({ exitCode: 0, stdout: '' });
  });
});

function node(...args: string[]): Promise<Outcome> {
  return runProgram(process.execPath, args, folder);
}
