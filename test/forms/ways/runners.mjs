// Inside test runners: the forms are the body of one test.
import { flavours } from '../programs.mjs';

const realms = "its tests run in a realm of their own: an array that comes back is an array of Node's, equal, but not by its prototype";

const vitest = (pool) => ({
  name: `vitest-${pool}`,
  title: `Vitest, ${pool}`,
  loose: pool.startsWith('vm'),
  note: pool.startsWith('vm') ? realms : undefined,
  prepare: (project) => {
    project.write('program.test.mts', flavours.vitest());
    project.write('vitest.config.mjs', `export default { test: { include: ['program.test.mts'], pool: '${pool}' } };\n`);
  },
  args: ['node_modules/vitest/vitest.mjs', 'run'],
});

// Jest's globals, like those of Vitest's vm pools, are another realm's: an Array of a thread's answer is not the test's Array.
const jest = (kind, program, text) => ({
  name: `jest-${kind}`,
  title: `Jest, ${kind === 'esm' ? 'ES modules' : 'CommonJS'}`,
  loose: true,
  note: realms,
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
  jest('esm', 'program.test.mjs', flavours.jestEsm),
  jest('cjs', 'program.test.cjs', flavours.jestCommonjs),
];
