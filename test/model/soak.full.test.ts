import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnv } from '../faults/plain-env.mjs';

it('a short soak: faults at every other step break no law', async () => {
  const program = fileURLToPath(new URL('soak.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--seconds', '5'], { env: plainEnv() });
  expect(stdout).toContain('\n0 violations');
}, 120_000);
