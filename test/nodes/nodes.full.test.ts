import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAgreement, expectPromisesKept } from '../package/agreement.js';
import { installTarball } from '../package/tarball.js';
import { runProgram } from '../setup/programs.js';
import { binaryPackage, nodeBinary, otherNodes } from './node-binary.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = installTarball();
  cpSync(fileURLToPath(new URL('../package/programs', import.meta.url)), folder, { recursive: true });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (binaryPackage === undefined) {
  console.warn(`Other versions of Node are not tried: no npm package carries their binaries for ${process.platform} ${process.arch}`);
}

describe.each(binaryPackage === undefined ? [] : otherNodes)('on Node %s', (version) => {
  let node: string;
  beforeAll(() => {
    node = nodeBinary(version);
  }, 120_000);

  // Node 20 runs no TypeScript by itself.
  const programs = ['program.mjs', 'program.cjs', ...(version.startsWith('20.') ? [] : ['program.ts'])];

  test.each(programs)('%s gets what the direct calls return', async (program) => {
    expectAgreement(await runProgram(node, [program], folder));
  });

  test('under tsx, threads compile a module as the program does: its classes are one', async () => {
    expect(await runProgram(node, ['--import', 'tsx', 'test/fixtures/nodes/under-tsx.ts'], root)).toMatchObject({
      stderr: '',
      stdout: 'true\ntrue\nreference\n',
    });
  });

  test('what the library promises holds', async () => {
    expectPromisesKept(await runProgram(node, ['smoke.mjs'], folder));
  });
});
