import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { it } from 'vitest';

it('the bugs that `npm run test:planted` plants still find their place', async () => {
  await promisify(execFile)(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), '--check']);
}, 120_000);
