import { describe, expect, test } from 'vitest';
import { loaderFor, runProgram } from '../setup/programs.js';
import { root, sourceFiles } from './source.js';

const programs = sourceFiles('examples')
  .map(({ path }) => path)
  .filter((path) => path.split('/').length === 2);

describe('every example runs and ends by itself:', () => {
  test.concurrent.each(programs)('%s', async (path) => {
    // The timelines' second, in ms: here it matters that they end, not when.
    const quick = { ...process.env, SECOND: '20' };
    expect(await runProgram(process.execPath, [...loaderFor(path), path], root, 60_000, quick)).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
