/**
 * What a factory made more than once, and no module exports, is found through something that it made with it and that a module does export:
 * an anchor, in whose scopes the rest is. lodash/fp exports one function of a lodash of its own, zod the constructors of its error classes,
 * mathjs the functions that were made with its classes.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { exportedFrom } from '../functions/by-location.js';
import { requiredPlace } from '../functions/commonjs.js';
import { fingerprint } from '../functions/fingerprint.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { homeOf, mainOf, modulesOfPackage } from '../functions/package-modules.js';
import { type Scope, scopesOf } from '../inspect/look.js';
import { ownRequire } from '../own/own-require.js';
import type { Private, ReferencedFunction } from '../protocol.js';
import { dataIn, moduleScopes, type ScopePath, valueAt } from './scope-paths.js';

/** A function of these scopes that a thread finds, and that has the value at this place of its own. `file` is the one where that was written. */
export function anchorAmong(
  scopes: readonly Scope['variables'][],
  file: string,
  place: ScopePath,
  value: object | symbol,
): ReferencedFunction | Private | undefined {
  const values = scopes.flatMap((variables) => [...dataIn(variables)].map(([, held]) => held));
  const functions = new Set(values.filter((held): held is AnyFunction => typeof held === 'function'));
  let looks = 0;
  for (const findPlace of [placeOf, seenFromMain]) {
    for (const fn of functions) {
      const found = findPlace(fn, file);
      if (found !== undefined && looks++ < MOST_LOOKS && valueAt(moduleScopes(scopesOf(fn)), place) === value) return found;
    }
  }
  return undefined;
}

/** What an export of the package's main module sees. Cost: a look at each of these, once a package. */
function seenFromMain(fn: AnyFunction, file: string): Private | undefined {
  const home = homeOf(pathToFileURL(file).href);
  if (home === undefined) return undefined;
  let index = seen.get(home);
  if (index === undefined) {
    index = indexFrom(mainOf(home));
    seen.set(home, index);
  }
  return index.get(fn);
}

function indexFrom(main: string | undefined): WeakMap<AnyFunction, Private> {
  const index = new WeakMap<AnyFunction, Private>();
  if (main === undefined) return index;
  const namespace: unknown = cache[fileURLToPath(main)]?.exports ?? loadedNamespace(main);
  let looks = 0;
  for (const [, fn] of dataIn(namespace)) {
    if (typeof fn !== 'function' || looks++ > MOST_EXPORTS) continue;
    const anchor = placeOf(fn as AnyFunction, fileURLToPath(main));
    if (anchor !== undefined) indexScopes(index, fn as AnyFunction, anchor, fileURLToPath(main));
  }
  return index;
}

function indexScopes(index: WeakMap<AnyFunction, Private>, fn: AnyFunction, anchor: ReferencedFunction, file: string): void {
  for (const [depth, { variables, kind }] of moduleScopes(scopesOf(fn)).entries()) {
    if (depth === 0) continue;
    for (const [name, value] of dataIn(variables)) {
      if (typeof value !== 'function' || index.has(value as AnyFunction)) continue;
      const source = fingerprint(value as AnyFunction);
      index.set(value as AnyFunction, { what: 'private', file, depth, path: [name], isModule: kind === 'Module', anchor, source });
    }
  }
}

function placeOf(fn: AnyFunction, file: string): ReferencedFunction | undefined {
  let place = places.get(fn);
  if (place === undefined) {
    place = requiredPlace(fn) ?? exportedFrom(modulesOfPackage(pathToFileURL(file).href), fn) ?? null;
    places.set(fn, place);
  }
  return place ?? undefined;
}

const { cache } = ownRequire;
const places = new WeakMap<AnyFunction, ReferencedFunction | null>();
const seen = new Map<string, WeakMap<AnyFunction, Private>>();
/** Each costs 0.1 ms and more. Guesses: packages export some hundred functions at most. */
const MOST_LOOKS = 16;
const MOST_EXPORTS = 800;
