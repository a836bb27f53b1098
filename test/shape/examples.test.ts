import { describe, expect, test } from 'vitest';
import { loaderFor, runProgram } from '../setup/programs.js';
import { root, sourceFiles } from './source.js';

const programs = sourceFiles('examples')
  .map(({ path }) => path)
  .filter((path) => path.split('/').length === 2);

/** What does not end by then does not end by itself, ms: on a busy machine some take twenty times as long. The only limit: Vitest's would count what a stopped process lost. */
const PATIENCE = 180_000;

describe('every example runs and ends by itself:', () => {
  test.concurrent.each(programs)('%s', { timeout: 0 }, async (path) => {
    // The timelines' second, in ms: here it matters that they end, not when.
    const quick = { ...process.env, SECOND: '20' };
    expect(await runProgram(process.execPath, [...loaderFor(path), path], root, PATIENCE, quick)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });
});
