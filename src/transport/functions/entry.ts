/**
 * Which modules a thread may import by itself: not the program's entry, nor any that imports it, for importing those would run the
 * program once more in the thread (Python's `__main__` rule).
 */
import { readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownRequire } from '../own/own-require.js';
import { isInstalled } from './installed.js';
import { isReadableByThreads } from './readable.js';
import { resolveImport } from './resolve-import.js';
import { isTestFile, isTransformedByJest } from './test-runner.js';

/** `file` is a path. Cost: reads the files that it imports, transitively and outside node_modules, once. */
export function isImportable(file: string): boolean {
  if (isNoFile(file) || isTestFile(file) || isTransformedByJest(file) || !isReadableByThreads(file)) return false;
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
    return [...readFileSync(file, 'utf8').matchAll(SPECIFIERS)].flatMap(([, , specifier]) => specifier ?? []);
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

const { cache } = ownRequire;
const entry = findEntry();
const answers = new Map<string, boolean>();
const SPECIFIERS = /\b(?:from|import|require)\b\s*\(?\s*(["'])([^"'\n]+)\1/g;
