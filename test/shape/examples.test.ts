import { describe, expect, test } from 'vitest';
import { loaderFor, runProgram } from '../setup/programs.js';
import { root, sourceFiles } from './source.js';

const programs = sourceFiles('examples')
  .map(({ path }) => path)
  .filter((path) => path.split('/').length === 2);

describe('every example runs and ends by itself:', () => {
  test.concurrent.each(programs)('%s', async (path) => {
    expect(await runProgram(process.execPath, [...loaderFor(path), path], root)).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
