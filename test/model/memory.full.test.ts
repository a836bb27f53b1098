import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnv } from '../faults/plain-env.mjs';

const program = fileURLToPath(new URL('memory.mjs', import.meta.url));
/** At full length it takes some ten minutes. */
const size = process.env.TIER === 'long' ? [] : ['--tasks', '100000', '--aborts', '10000', '--deaths', '100'];

it('tasks, aborts and thread deaths leave memory, descriptors and handles as they were', async () => {
  // What it found is printed, whatever its exit code: the expectation shows it.
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, ...size], { env: plainEnv() }).catch(
    (failed) => failed,
  );
  expect(stdout).toContain('\n0 violations');
}, 1_800_000);
