import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runProgram } from '../setup/programs.js';
import { compiler } from './node-binary.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('TypeScript 7 accepts the library, its tests and its type tests as TypeScript 5.9 does', { timeout: 180_000 }, async () => {
  expect(await runProgram(process.execPath, [compiler(7), '--noEmit'], root)).toMatchObject({ exitCode: 0, stdout: '' });
});
