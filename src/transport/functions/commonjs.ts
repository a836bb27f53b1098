/**
 * Functions of modules that this process has in `require.cache`: CommonJS, however it was loaded (ES modules that import a CommonJS
 * package leave it there too), addons, and ES modules that were required.
 *
 * Reads what is there; loads nothing.
 */

import { pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { ownRequire } from '../own/own-require.js';
import type { ReferencedFunction } from '../protocol.js';
import { isImportable } from './entry.js';
import { fingerprint } from './fingerprint.js';
import { isInstalled } from './installed.js';
import { loadedThrough } from './load-order.js';
import { membersOf, pathByName, pathTo } from './members.js';

/** In one file, which the caller's imports lead to. */
export function inRequired(file: string, fn: AnyFunction): ReferencedFunction | undefined {
  const module = cache[file];
  if (module === undefined) return undefined;
  const path = module.loaded ? pathTo(module.exports, fn) : pathByName(module.exports, fn);
  return path && isImportable(file) ? reference({ file, path }, fn) : undefined;
}

/**
 * In any file. Of several that hold the function the one that began to load first: a package's main file comes before the inner
 * files that it requires, and it may do things to them that their other users rely on.
 *
 * Cost: each module is walked once, about 10 µs.
 */
export function inAnyRequired(fn: AnyFunction): ReferencedFunction | undefined {
  const place = indexedPlace(fn) ?? behindGetter(fn);
  return place && reference(place, fn);
}

/** The same for those that are not behind a getter. */
export function requiredPlace(fn: AnyFunction): ReferencedFunction | undefined {
  const place = indexedPlace(fn);
  return place && reference(place, fn);
}

function indexedPlace(fn: AnyFunction): Place | undefined {
  indexNewModules();
  return index.get(fn)?.find(({ file }) => isImportable(file));
}

/** Getters of packages are read under the function's own name only: one that leads on to a lazy module would load it. */
function behindGetter(fn: AnyFunction): Place | undefined {
  for (const file of walked) {
    const path = pathByName(cache[file]?.exports, fn);
    if (path !== undefined && isImportable(fileBehind(file))) return { file: fileBehind(file), path };
  }
  return undefined;
}

interface Place {
  readonly file: string;
  readonly path: readonly string[];
}

function reference({ file, path }: Place, fn: AnyFunction): ReferencedFunction {
  return {
    way: 'reference',
    module: pathToFileURL(file).href,
    path,
    loader: 'require',
    after: loadedThrough(file),
    source: fingerprint(fn),
  };
}

/** Modules that still load are left for the next time: their exports are not all there yet. */
function indexNewModules(): void {
  for (const file of Object.keys(cache)) {
    if (walked.has(file) || cache[file]?.loaded !== true) continue;
    walked.add(file);
    indexModule(fileBehind(file), cache[file].exports);
  }
}

/** Under tsx, CommonJS that an ES module imports goes by its text, and by its path behind that. */
function fileBehind(key: string): string {
  return key.startsWith('data:') ? (new URLSearchParams(key.slice(key.lastIndexOf('?'))).get('filePath') ?? key) : key;
}

function indexModule(file: string, exports: unknown): void {
  if (typeof exports === 'function') remember(exports, { file, path: [] });
  // A program's own, as tsx compiles them, have all behind getters, classes among them that a decorator replaced with nameless ones. Those
  // of packages may lead on to a lazy module.
  for (const [path, member] of membersOf(exports, isInstalled(file) ? 'leave' : 'read')) remember(member, { file, path });
}

function remember(fn: AnyFunction, place: Place): void {
  const places = index.get(fn);
  if (places === undefined) index.set(fn, [place]);
  else if (places.length < ENOUGH_PLACES && places.at(-1)?.file !== place.file) places.push(place);
}

const { cache } = ownRequire;
const index = new WeakMap<AnyFunction, Place[]>();
const walked = new Set<string>();
/** More than one, for the first may not be importable (the program's entry). Four is a guess. */
const ENOUGH_PLACES = 4;
