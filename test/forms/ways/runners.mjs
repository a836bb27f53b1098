// Inside test runners: the forms are the body of one test.
import { flavours } from '../programs.mjs';

const vitest = (pool) => ({
  name: `vitest-${pool}`,
  title: `Vitest, ${pool}`,
  prepare: (project) => {
    project.write('program.test.mts', flavours.vitest());
    project.write('vitest.config.mjs', `export default { test: { include: ['program.test.mts'], pool: '${pool}' } };\n`);
  },
  args: ['node_modules/vitest/vitest.mjs', 'run'],
});

// The globals of Jest and of Vitest's vm pools are another realm's than Node's: what a thread answers must be of that one.
const jest = (kind, program, text) => ({
  name: `jest-${kind}`,
  title: `Jest, ${kind === 'esm' ? 'ES modules' : 'CommonJS'}`,
  prepare: (project) => {
    project.write(program, text());
    project.write(
      'jest.config.json',
      JSON.stringify({
        testEnvironment: 'node',
        transform: {},
        testMatch: [`**/${program}`],
        moduleFileExtensions: ['mjs', 'cjs', 'js', 'json'],
        forceExit: true,
      }),
    );
  },
  args: ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--config', 'jest.config.json', '--no-cache', '--runInBand'],
});

export default [
  vitest('threads'),
  vitest('forks'),
  vitest('vmThreads'),
  vitest('vmForks'),
  jest('esm', 'program.test.mjs', flavours.jestEsm),
  jest('cjs', 'program.test.cjs', flavours.jestCommonjs),
];
