import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

  test.each([
    ['nodenext', 'nodenext'],
    ['node16', 'node16'],
    ['commonjs', 'node10'],
    ['preserve', 'bundler'],
  ])('types are found from CommonJS, too: module %s, moduleResolution %s', async (module, resolution) => {
    const text = `import { readFileSync } from 'node:fs';
      import { Executor, runInExecutor } from 'run-in-executor';
      import { readiness } from 'run-in-executor/health';
      export async function read(file: string): Promise<string> {
        await using executor = new Executor({ name: typeof readiness });
        return (await runInExecutor(readFileSync, file, 'utf8')) + (await executor.run(async (name: string) => name, file));
      }`;
    writeFileSync(join(folder, 'required.cts'), text);
    const strict = ['--strict', '--skipLibCheck', '--target', 'es2022', '--lib', 'es2023,esnext.disposable', '--types', 'node'];
    const compiler = ['node_modules/typescript/bin/tsc', '--noEmit', '--module', module, '--moduleResolution', resolution];
    expect(await node(...compiler, ...strict, 'required.cts')).toMatchObject({ exitCode: 0, stdout: '' });
  });
});

function node(...args: string[]): Promise<Outcome> {
  return runProgram(process.execPath, args, folder);
}
