import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runProgram } from '../../setup/programs.js';
import { plainEnv } from '../plain-env.mjs';

const program = fileURLToPath(new URL('run.mjs', import.meta.url));
const each = process.env.TIER === 'quick' ? '1' : '4';

// `npm run test:matrix` plays all that there is, which takes half an hour. Vitest's limit would count what a stopped process lost.
it('whatever goes wrong, however it was called and in whatever state, the caller gets what it should, and nobody else is harmed', {
  timeout: 0,
}, async () => {
  const { stdout } = await runProgram(process.execPath, [program, '--each', each], process.cwd(), 300_000, plainEnv());
  expect(stdout).toContain(' 0 failed');
});
