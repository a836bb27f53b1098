/**
 * What a module that threads can import keeps to itself: functions, classes and objects that it does not export, but that its
 * exports can see. They are found again through the scopes of an export: the thread's own, with its own state, as for all references.
 */
import { pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { isImportable } from '../functions/entry.js';
import { isGenerated, memberPrint, sourceOf } from '../functions/fingerprint.js';
import { isInstalled } from '../functions/installed.js';
import { loadedThrough } from '../functions/load-order.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { isTransformedByTestRunner } from '../functions/test-runner.js';
import { lookAt, type Scope, scopesOf } from '../inspect/look.js';
import { scriptFile } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { queueMicrotask } from '../own/own-globals.js';
import { ownRequire } from '../own/own-require.js';
import type { StandIn } from '../protocol.js';
import { anchorAmong } from './anchors.js';
import { innerExport } from './inner-modules.js';
import { anchorsIn, moduleScopes, pathIn, type ScopePath, valueAt } from './scope-paths.js';

/**
 * A function or class that a variable of its module holds. Only of installed packages: what users keep in their own modules goes by
 * value, with the module's variables as they are at the call. Cost: a look.
 */
export function privateFunction(fn: AnyFunction): StandIn | undefined {
  if (!inspectorAvailable() || isGenerated(sourceOf(fn))) return undefined;
  const look = lookAt(fn);
  const file = look.place && importableFile(look.place.scriptId);
  return file === undefined || !isInstalled(file) ? undefined : (inModule(file, look.scopes(), fn) ?? innerExport(fn, file));
}

/** An object that a variable of the module of its methods, or of its class, holds. */
export function privateObject(object: object | symbol): StandIn | undefined {
  if (!inspectorAvailable()) return undefined;
  const seen = standsIn.get(object);
  if (seen !== undefined) return inModule(seen.file, seen.scopes, object);
  if (typeof object === 'symbol') return undefined;
  for (const method of methodsOf(object)) {
    const look = lookAt(method);
    const file = look.place && importableFile(look.place.scriptId);
    const found = file === undefined ? undefined : inModule(file, look.scopes(), object);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a package keeps its functions in, all of them: nobody wants a copy at each call, if the thread's own has the same members. */
export function privateCollection(object: object): StandIn | undefined {
  const seen = standsIn.get(object);
  if (seen === undefined || !isInstalled(seen.file)) return undefined;
  const functions = Object.values(Object.getOwnPropertyDescriptors(object)).filter(({ value }) => typeof value === 'function').length;
  const found = functions < MANY ? undefined : inModule(seen.file, seen.scopes, object);
  return found?.what === 'private' ? { ...found, source: memberPrint(object) } : undefined;
}

/** A value was met in a variable of a function's module: should it turn out not to be sendable, this is where it is. */
export function remindOf(value: unknown, scriptId: string, scopes: readonly Scope[]): void {
  if ((typeof value !== 'object' && typeof value !== 'symbol') || value === null || !canBeHeld(value) || standsIn.has(value)) return;
  const file = importableFile(scriptId);
  if (file !== undefined) standsIn.set(value, { file, scopes });
}

/** Symbols of the registry live for ever, and V8 takes none of those. */
function canBeHeld(value: object | symbol): boolean {
  return typeof value === 'object' || Symbol.keyFor(value) === undefined;
}

/** The way to what a variable of a function's module holds. */
export function inModule(file: string, scopes: readonly Scope[], value: object | symbol): StandIn | undefined {
  const own = moduleScopes(scopes);
  const isModule = own[0]?.kind === 'Module';
  for (const [depth, { variables }] of own.entries()) {
    const path = pathIn(variables, value);
    // A module has one scope of its own, but may have run an inner function often: some export must see this very value.
    if (path === undefined) continue;
    const place = { depth, path };
    const found = { what: 'private', file, ...place, isModule, after: loadedThrough(file) } as const;
    if (depth === 0 || isSeenByExport(file, isModule, place, value)) return found;
    const inner = own.slice(depth).map((scope) => scope.variables);
    const anchor = anchorAmong(inner, file, place, value);
    if (anchor !== undefined) return { ...found, anchor };
  }
  return undefined;
}

function isSeenByExport(file: string, isModule: boolean, place: ScopePath, value: object | symbol): boolean {
  for (const anchor of anchorsIn(exportsOf(file, isModule))) {
    if ((depths.get(anchor) ?? Number.POSITIVE_INFINITY) <= place.depth) continue;
    const scopes = scopesOfAnchor(anchor);
    depths.set(anchor, scopes.length);
    if (scopes.length > place.depth) return valueAt(scopes, place) === value;
  }
  return false;
}

/** What a loaded file exports, as an ES module or by `module.exports`. */
export function exportsOf(file: string, isModule: boolean): unknown {
  return isModule ? loadedNamespace(pathToFileURL(file).href) : cache[file]?.exports;
}

/** Read once a turn: which scopes an export sees never changes, and a variable that does leads to nothing by what it was. */
function scopesOfAnchor(anchor: AnyFunction): readonly Scope[] {
  if (anchorScopes.size === 0) queueMicrotask(() => anchorScopes.clear());
  let scopes = anchorScopes.get(anchor);
  if (scopes === undefined) {
    scopes = moduleScopes(scopesOf(anchor));
    anchorScopes.set(anchor, scopes);
  }
  return scopes;
}

/** Some. */
export function* methodsOf(object: object): Generator<AnyFunction> {
  let count = 0;
  for (const key of Object.getOwnPropertyNames(object)) {
    const { value, get } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    const method: unknown = value ?? get;
    if (typeof method === 'function' && count++ < ENOUGH_METHODS) yield method as AnyFunction;
  }
}

/** Of a script that a thread can import. */
export function importableFile(scriptId: string): string | undefined {
  const file = scriptFile(scriptId);
  return file !== undefined && isImportable(file) && !isTransformedByTestRunner(file) ? file : undefined;
}

/** In how many scopes of its module a function stands: that never changes, and most exports stand in one. */
const depths = new WeakMap<AnyFunction, number>();
const anchorScopes = new Map<AnyFunction, readonly Scope[]>();
const standsIn = new WeakMap<WeakKey, { readonly file: string; readonly scopes: readonly Scope[] }>();
const { cache } = ownRequire;
/** Beyond what anybody writes down as options or one object's methods. A guess. */
const MANY = 100;
/** The first may come from another module (a mixin). A guess. */
const ENOUGH_METHODS = 3;
