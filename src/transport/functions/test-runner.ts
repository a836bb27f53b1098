/**
 * What is otherwise under Vitest and Jest: they make other code of a project's own files than threads load.
 */
import { resolve } from 'node:path';
import { isInstalled } from './installed.js';

/** Vitest and Jest make other code of a project's own files, with other imports and mocks: no thread loads the same. */
export function isTransformedByTestRunner(file: string): boolean {
  return isUnderTestRunner() && !isInstalled(file);
}

/** A test runner's program is the test file: in a thread its `test()` is nowhere, or runs the tests again. */
export function isTestFile(file: string): boolean {
  if (isInstalled(file)) return false;
  if (isGivenToRunner(file)) return true;
  if (!isUnderTestRunner()) return false;
  return /[.-](?:test|spec)\.[cm]?[jt]sx?$/.test(file) || runningTestFiles().includes(file);
}

/** Jest's `require.cache` lists what Jest made of the files, or what `jest.mock` put in their place. (Vitest's holds what Node loaded.) */
export function isTransformedByJest(file: string): boolean {
  return (globalThis as TestRunnerGlobals).__vitest_worker__ === undefined && testPath() !== undefined && !isInstalled(file);
}

/** In a thread: its calling side runs under one. */
export function serveTestRunner(): void {
  servesTestRunner = true;
}

/** By what is there: a program that a test starts inherits the environment, and not the runner. In a thread: the calling side's answer. */
export function isUnderTestRunner(): boolean {
  return servesTestRunner || (globalThis as TestRunnerGlobals).__vitest_worker__ !== undefined || testPath() !== undefined;
}

/** Vitest's worker says which file it runs, and so does what Jest's and Vitest's `expect` keep. */
function runningTestFiles(): (string | undefined)[] {
  return [(globalThis as TestRunnerGlobals).__vitest_worker__?.filepath, testPath()];
}

/** Those of runners that change nothing of the files: the program's entry is the runner's, and files of tests are what it was given, or look for. */
function isGivenToRunner(file: string): boolean {
  const [, entry = '', ...given] = process.argv;
  if (!OTHER_RUNNERS.test(entry)) return false;
  return /[.-](?:test|spec)\.[cm]?[jt]sx?$|[/\\](?:tests?|__tests__|spec)[/\\]/.test(file) || given.some((path) => resolve(path) === file);
}

function testPath(): string | undefined {
  try {
    return (globalThis as TestRunnerGlobals)[matchers]?.state?.testPath;
  } catch {
    // A thread has imported Vitest, which is not run there.
    return undefined;
  }
}

/** In a process of theirs, or in a thread of it. */
const OTHER_RUNNERS = /[/\\]node_modules[/\\](?:mocha|ava|uvu|jasmine|tape)[/\\]/;
let servesTestRunner = false;
const matchers = Symbol.for('$$jest-matchers-object');

interface TestRunnerGlobals {
  readonly __vitest_worker__?: { readonly filepath?: string };
  readonly [matchers]?: { readonly state?: { readonly testPath?: string } };
}
