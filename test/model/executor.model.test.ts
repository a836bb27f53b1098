import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { plainEnv } from '../faults/plain-env.mjs';

const program = fileURLToPath(new URL('run.mjs', import.meta.url));
const { MODEL_RUNS, TIER } = process.env;
const run = MODEL_RUNS === undefined ? { MODEL_MS: TIER === 'full' ? '120000' : '25000' } : { MODEL_RUNS };

// In a process of its own, as the tasks must be found by the modules they are in: not in Vite's copies of them.
it('whatever is done to an executor, each task settles once and as it may, none starts twice, and nothing is left', async () => {
  const child = spawn(process.execPath, [program], {
    env: plainEnv(run),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[exitCode], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  expect(exitCode, stdout + stderr).toBe(0);
  console.log(stdout.trim());
}, 900_000);
