/**
 * The way back from a thread's description to the function of this process that it means: a class that comes home with an error.
 *
 * It is looked for among what is loaded here; nothing is evaluated for it.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { statePrint } from '../functions/fingerprint.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { debugging, listedModules } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { ownRequire } from '../own/own-require.js';
import type { FunctionDescription, Private, ReferencedFunction, StandIn, StandInObject } from '../protocol.js';
import { find } from './find.js';
import { privateOf, seenBy } from './recipe-private.js';

/** Undefined where its module is not loaded here. Cost: once a class; of an ES module's the inspector's list of scripts, if that is allowed. */
export function liveFunction(description: FunctionDescription, mayInspect: boolean): AnyFunction | undefined {
  const place = JSON.stringify(description);
  const known = found.get(place);
  if (known !== undefined) return known;
  const fn = look(description, mayInspect);
  if (fn !== undefined) found.set(place, fn);
  return fn;
}

/** What a package keeps to itself: a class, or the WeakMap in which its instances' state is. */
export function liveObject({ standIn }: StandInObject): object | symbol | undefined {
  const place = JSON.stringify(standIn);
  let object = objects.get(place);
  if (object === undefined) {
    object = attempt(() => ofResult(standIn));
    if (object !== undefined) objects.set(place, object);
  }
  return object;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function look(description: FunctionDescription, mayInspect: boolean): AnyFunction | undefined {
  if (description.way === 'name') return find(description) as AnyFunction | undefined;
  try {
    if (description.way !== 'reference') return undefined;
    if (description.loader === 'require') return isRequired(description) ? (find(description) as AnyFunction | undefined) : undefined;
    return mayInspect && isLoadedHere(description.module) ? follow(loadedNamespace(description.module), description.path) : undefined;
  } catch {
    return undefined;
  }
}

/** What a package keeps to itself, such as the class of an error that its functions throw. */
function ofResult(standIn: StandIn): object | symbol | undefined {
  if (standIn.what === 'constant') return liveConstant(standIn);
  const found: unknown = standIn.what === 'private' ? livePrivate(standIn) : undefined;
  return typeof found === 'function' || typeof found === 'symbol' || types.isWeakMap(found) || types.isWeakSet(found) ? found : undefined;
}

/** If it is the same here. */
function liveConstant({ of, within, name, print }: Extract<StandIn, { what: 'constant' }>): object | undefined {
  const holder = within === undefined ? liveFunction(of, true) : exportOf(of, within);
  const value: unknown = holder === undefined || holder === null ? undefined : Reflect.get(holder as object, name);
  return typeof value === 'object' && value !== null && statePrint(value) === print ? value : undefined;
}

function exportOf(of: ReferencedFunction, within: string): unknown {
  const isHere = of.loader === 'require' ? isRequired(of) : isLoadedHere(of.module);
  if (!isHere) return undefined;
  const exports: unknown = of.loader === 'require' ? cache[fileURLToPath(of.module)]?.exports : loadedNamespace(of.module);
  return within === '' ? exports : Reflect.get(exports as object, within);
}

/** In a variable of a module that is loaded here. */
export function livePrivate(standIn: Private): unknown {
  if (!inspectorAvailable()) return undefined;
  const { anchor, isModule, file } = standIn;
  const url = pathToFileURL(file).href;
  const seen = anchor && ('what' in anchor ? livePrivate(anchor) : liveFunction(anchor, true));
  const exports: unknown =
    anchor !== undefined ? undefined : !isModule ? cache[file]?.exports : isLoadedHere(url) ? loadedNamespace(url) : undefined;
  return seen === undefined ? privateOf(exports, standIn) : seenBy(seen, standIn);
}

function isRequired({ module }: ReferencedFunction): boolean {
  return cache[fileURLToPath(module)]?.loaded === true;
}

/** An ES module. */
export function isLoadedHere(url: string): boolean {
  if (listedModules().has(url)) return true;
  if (!inspectorAvailable()) return false;
  debugging(() => undefined);
  return listedModules().has(url);
}

function follow(from: unknown, path: readonly string[]): AnyFunction | undefined {
  let at = from;
  for (const key of path) at = (at as Record<string, unknown> | null | undefined)?.[key];
  return typeof at === 'function' ? at : undefined;
}

const { cache } = ownRequire;
const found = new Map<string, AnyFunction>();
const objects = new Map<string, object | symbol>();
