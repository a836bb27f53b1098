/**
 * Verify mode over the test suite of a real package, `fast-uri`: its own test files as they are, each in a process of its own, with the
 * package's functions wrapped.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { runProgram } from '../setup/programs.js';

interface Counts {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly calls: number;
  readonly told: readonly string[];
}

const here = fileURLToPath(new URL('.', import.meta.url));
const suite = join(dirname(createRequire(import.meta.url).resolve('fast-uri/package.json')), 'test');
const files = readdirSync(suite).filter((file) => file.endsWith('.test.js'));
const counts = new Map<string, Counts>();

beforeAll(async () => {
  for (const file of files) counts.set(file, await verify(file));
}, 180_000);

async function verify(...args: string[]): Promise<Counts> {
  const { stdout, stderr, exitCode } = await runProgram(process.execPath, ['suite.cjs', ...args], here);
  expect({ exitCode, stderr }, args.join(' ')).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as Counts;
}

test.each(files)('%s passes, and its calls do the same on threads', (file) => {
  expect(counts.get(file)).toMatchObject({ failed: [], told: [] });
});

test('that is thousands of calls', () => {
  const calls = [...counts.values()].reduce((sum, each) => sum + each.calls, 0);
  expect(calls).toBeGreaterThan(5_000);
});

test.each([
  ['serialize.test.js', 'arguments: serialize: it changes what it was given'],
  ['security-normalization.test.js', 'captures: normalize: it changes what it captures'],
])('%s: two functions that work here and not on threads pass the tests, and verify mode tells', async (file, words) => {
  const { failed, told } = await verify(file, 'planted');
  expect(failed).toEqual([]);
  expect(told.some((each) => each.startsWith(words))).toBe(true);
});
