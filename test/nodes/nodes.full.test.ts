import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installTarball } from '../package/tarball.js';
import { runProgram } from '../setup/programs.js';
import { binaryPackage, nodeBinary, otherNodes } from './node-binary.js';

let folder: string;

beforeAll(() => {
  folder = installTarball();
  cpSync(fileURLToPath(new URL('../package/programs', import.meta.url)), folder, { recursive: true });
  cpSync(fileURLToPath(new URL('smoke.mjs', import.meta.url)), `${folder}/smoke.mjs`);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (binaryPackage === undefined)
  console.warn(`Other versions of Node are not tried: no npm package carries their binaries for ${process.platform} ${process.arch}`);

describe.each(binaryPackage === undefined ? [] : otherNodes)('on Node %i', (major) => {
  let node: string;
  beforeAll(() => {
    node = nodeBinary(major);
  }, 120_000);

  // Node 20 runs no TypeScript by itself.
  const programs = ['program.mjs', 'program.cjs', ...(major >= 22 ? ['program.ts'] : [])];

  test.each(programs)('%s gets what the direct calls return', async (program) => {
    const { exitCode, stdout, stderr } = await runProgram(node, [program], folder);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const [what, [received, expected]] of Object.entries(JSON.parse(stdout) as Record<string, [unknown, unknown]>)) {
      expect(received, what).toEqual(expected);
    }
  });

  test('what the library promises holds', async () => {
    const { exitCode, stdout, stderr } = await runProgram(node, ['smoke.mjs'], folder);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^(ok .*\n)+$/), stderr: '' });
  });
});
