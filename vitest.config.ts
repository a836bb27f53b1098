import { defineConfig } from 'vitest/config';

/**
 * Three tiers: `npm test` is the quick one, run at each commit; `--mode full` adds `*.full.test.ts`, and tests that read
 * `process.env.TIER` run longer; `--mode long` adds `*.long.test.ts`, which take half an hour and more. Every tier tests the built
 * package, as users get it: see `test/setup/build.ts`.
 */
export default defineConfig(({ mode }) => {
  const full = mode === 'full' || mode === 'long';
  const left = [...(full ? [] : ['test/**/*.full.test.ts']), ...(mode === 'long' ? [] : ['test/**/*.long.test.ts'])];
  return {
    test: {
      include: ['test/**/*.test.ts'],
      exclude: ['**/node_modules/**', 'test/fixtures/**', ...left],
      globalSetup: ['test/setup/build.ts'],
      // The built package is loaded by Node itself, not through Vite's transform, which would test other code than users run.
      server: { deps: { external: [/\/dist\//] } },
      env: { TIER: mode === 'long' ? 'long' : full ? 'full' : 'quick' },
      // Forks, not threads: the tests start threads themselves, count them, and end some of them with a crash.
      pool: 'forks',
      // What waits for a thread waits longer on a busy machine than the default of 5 s allows; no test asserts by the clock.
      testTimeout: 30_000,
      // Of `test.concurrent`: what runs there is a program of its own, with threads.
      maxConcurrency: 2,
      hookTimeout: 60_000,
    },
  };
});
