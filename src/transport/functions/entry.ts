/**
 * Which modules a thread may import by itself: not the program's entry, nor any that imports it, for importing those would run the
 * program once more in the thread (Python's `__main__` rule).
 */
import { readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownRequire } from '../own-require.js';
import { resolveImport } from './resolve-import.js';

/** `file` is a path. Cost: reads the files that it imports, transitively and outside node_modules, once. */
export function isImportable(file: string): boolean {
  if (isNoFile(file) || isTestFile(file) || isTransformedByJest(file)) return false;
  if (entry === undefined) return true;
  const known = answers.get(file);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const answer = !leadsToEntry(file, seen);
  answers.set(file, answer);
  // Nothing that was reached reaches the entry. (The other way round it is only known of `file` itself.)
  if (answer) for (const each of seen) answers.set(each, true);
  return answer;
}

/** Node names code that came with `-e`, on standard input or in the REPL as if it were a file of the working directory. */
function isNoFile(file: string): boolean {
  return /^(?:\[(?:eval|stdin|worker eval)\d*\](?:-wrapper)?|REPL\d*)$/.test(basename(file));
}

/** Of a package, rather than the program's own. */
export function isInstalled(file: string): boolean {
  return file.includes(installed);
}

/** Vitest and Jest make other code of a project's own files, with other imports and mocks: no thread loads the same. */
export function isTransformedByTestRunner(file: string): boolean {
  return isUnderTestRunner() && !file.includes('/node_modules/');
}

/** A test runner's program is the test file: in a thread its `test()` is nowhere, or runs the tests again. */
function isTestFile(file: string): boolean {
  if (!isUnderTestRunner() || isInstalled(file)) return false;
  return /[.-](?:test|spec)\.[cm]?[jt]sx?$/.test(file) || runningTestFiles().includes(file);
}

/** Jest's `require.cache` lists what Jest made of the files, or what `jest.mock` put in their place. (Vitest's holds what Node loaded.) */
function isTransformedByJest(file: string): boolean {
  return (globalThis as TestRunnerGlobals).__vitest_worker__ === undefined && testPath() !== undefined && !isInstalled(file);
}

let servesTestRunner = false;

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

function testPath(): string | undefined {
  try {
    return (globalThis as TestRunnerGlobals)[matchers]?.state?.testPath;
  } catch {
    // A thread has imported Vitest, which is not run there.
    return undefined;
  }
}

function leadsToEntry(start: string, seen: Set<string>): boolean {
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (file === entry) return true;
    if (seen.has(file) || answers.get(file) === true || isForeign(file)) continue;
    seen.add(file);
    open.push(...importedBy(file));
  }
  return false;
}

/** An installed package does not import the program that uses it. */
function isForeign(file: string): boolean {
  return isInstalled(file) && (entry === undefined || !isInstalled(entry));
}

/** By the text, so that modules still loading count too; comments that look like imports only make the answer more careful. */
function importedBy(file: string): string[] {
  const required = (cache[file]?.children ?? []).map((child) => child.filename);
  return [...required, ...specifiersIn(file).flatMap((specifier) => resolved(specifier, file) ?? [])];
}

function specifiersIn(file: string): string[] {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return [];
  try {
    return [...readFileSync(file, 'utf8').matchAll(specifiers)].flatMap(([, , specifier]) => specifier ?? []);
  } catch {
    return [];
  }
}

function resolved(specifier: string, importer: string): string | undefined {
  if (isBuiltin(specifier)) return undefined;
  const url = resolveImport(specifier, importer);
  // The entry itself may have been deleted since it was loaded.
  if (url === undefined) return /^\.{1,2}\//.test(specifier) ? resolve(dirname(importer), specifier) : undefined;
  return url.startsWith('file:') ? fileURLToPath(url) : undefined;
}

/** Undefined in the REPL, under `-e` and on standard input: there is no file to run again. */
function findEntry(): string | undefined {
  const script = process.argv[1];
  if (script === undefined) return undefined;
  try {
    // `node app` runs app.js, and a command in node_modules/.bin is a link.
    return realpathSync(ownRequire.resolve(resolve(script)));
  } catch {
    return resolve(script);
  }
}

const matchers = Symbol.for('$$jest-matchers-object');

interface TestRunnerGlobals {
  readonly __vitest_worker__?: { readonly filepath?: string };
  readonly [matchers]?: { readonly state?: { readonly testPath?: string } };
}

const { cache } = ownRequire;
const entry = findEntry();
const answers = new Map<string, boolean>();
const installed = `${sep}node_modules${sep}`;
const specifiers = /\b(?:from|import|require)\b\s*\(?\s*(["'])([^"'\n]+)\1/g;
