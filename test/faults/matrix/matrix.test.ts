import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnv } from '../plain-env.mjs';

const program = fileURLToPath(new URL('run.mjs', import.meta.url));
const each = process.env.TIER === 'quick' ? '1' : '4';

// `npm run test:matrix` plays all that there is, which takes half an hour.
it('whatever goes wrong, however it was called and in whatever state, the caller gets what it should, and nobody else is harmed', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--each', each], { env: plainEnv() }).catch((error) => error);
  expect(stdout).toContain(' 0 failed');
}, 300_000);
