/**
 * Packages that a file imports for nothing but their effects (`import 'reflect-metadata'`, polyfills). A thread that makes a function of
 * that file again imports them first, as the file did. Only where something has been added to what is built in, for others start things
 * (a tracer, a source-map support, a server) that a thread should not start; and only packages, for a file of the program's own may do
 * anything.
 */
import { createRequire, isBuiltin } from 'node:module';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { importsAtHead } from '../functions/import-head.js';
import { isInstalled } from '../functions/installed.js';
import { resolveImport } from '../functions/resolve-import.js';
import { standardGlobals } from '../functions/standard-globals.js';
import { scriptName } from '../inspect/scripts.js';
import { namePattern } from '../syntax/name-pattern.js';
import { fromDisk, type Place } from './file.js';

/** Their URLs, in order; undefined where there are none. */
export function importedForEffect(place: Place): readonly string[] | undefined {
  let urls = known.get(place.scriptId);
  if (urls === undefined) {
    urls = urlsIn(fromDisk(place) ?? '', scriptName(place.scriptId));
    known.set(place.scriptId, urls);
  }
  return urls.length > 0 && isAddedTo() ? urls : undefined;
}

function urlsIn(text: string, file: string): readonly string[] {
  const atHead = importsAtHead(text).flatMap(({ specifier, names }) => (names.length === 0 ? specifier : []));
  // Compilers put their own helpers before them.
  const below = [...text.matchAll(IMPORTED)].map(([, , specifier = '']) => specifier);
  const imported = [...new Set([...atHead, ...below])].flatMap((each) => (isBare(each) ? (resolveImport(each, file) ?? []) : []));
  const required = [...text.matchAll(REQUIRED)].flatMap(([, variable, , specifier = '']) =>
    isBare(specifier) && (variable === undefined || isUnused(variable, text)) ? requiredAs(specifier, file) : [],
  );
  return [...imported, ...required].filter(isInstalled);
}

/** It is nowhere but where it is declared. */
function isUnused(variable: string, text: string): boolean {
  return [...text.matchAll(new RegExp(`(?<![\\w$])${namePattern(variable)}(?![\\w$])`, 'g'))].length === 1;
}

function isBare(specifier: string): boolean {
  return /^[@\w]/.test(specifier) && !isBuiltin(specifier) && !/^[\w+.-]+:/.test(specifier);
}

function requiredAs(specifier: string, file: string): string[] {
  try {
    return [pathToFileURL(createRequire(file).resolve(specifier)).href];
  } catch {
    return [];
  }
}

/** Once it is, it stays so; a look costs some 0.1 ms, and is paid only by files that import for effects. */
function isAddedTo(): boolean {
  isExtended ||= standardGlobals.some((name) => {
    // Node makes its own out of the bare one.
    if (name === 'console') return false;
    const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
    return holdersOf(value).some((holder, index) => {
      const bare = bareKeys(name)[index];
      return (
        bare !== undefined && Reflect.ownKeys(holder).some((key) => !bare.has(labelOf(key)) && !nodesOwn.has(`${name}.${labelOf(key)}`))
      );
    });
  });
  return isExtended;
}

function bareKeys(name: string): readonly ReadonlySet<string>[] {
  bare ??= vm.runInNewContext('globalThis') as object;
  let keys = bareNames.get(name);
  if (keys === undefined) {
    keys = holdersOf(Reflect.get(bare, name)).map((holder) => new Set(Reflect.ownKeys(holder).map(labelOf)));
    bareNames.set(name, keys);
  }
  return keys;
}

function holdersOf(value: unknown): readonly object[] {
  if (typeof value === 'object' && value !== null) return [value];
  if (typeof value !== 'function') return [];
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
  return typeof prototype === 'object' && prototype !== null ? [value, prototype] : [value];
}

/** Well-known symbols are the same in all contexts, and Node's own have no other there. */
function labelOf(key: string | symbol): string {
  return typeof key === 'string' ? key : `@${key.description ?? ''}`;
}

const known = new Map<string, readonly string[]>();
const bareNames = new Map<string, readonly ReadonlySet<string>[]>();
let bare: object | undefined;
let isExtended = false;
/** What Node, and tools that map stacks, put onto the language's. */
const nodesOwn = new Set([
  'Error.prepareStackTrace',
  'Error.stackTraceLimit',
  'Symbol.dispose',
  'Symbol.asyncDispose',
  'WebAssembly.compileStreaming',
  'WebAssembly.instantiateStreaming',
]);
const IMPORTED = /^import\s*(["'])([^"'\n]+)\1/gm;
/** As TypeScript and Babel write them in CommonJS: a statement of its own. esbuild puts it into a variable that nothing uses. */
const REQUIRED = /(?:^\uFEFF?|(?:\bvar |[,;])([\w$]+) ?= ?)require\((["'])([^"'\n]+)\2\)(?=[;,]|[ \t\r]*$)/gm;
