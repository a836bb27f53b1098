/**
 * What a module that threads can import keeps to itself: functions, classes and objects that it does not export, but that its
 * exports can see. They are found again through the scopes of an export: the thread's own, with its own state, as for all references.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { isImportable, isInstalled, isTransformedByTestRunner } from '../functions/entry.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { lookAt, type Scope, scopesOf } from '../inspect/look.js';
import { scriptOf } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { ownRequire } from '../own-require.js';
import type { StandIn } from '../protocol.js';

/**
 * A function or class that a variable of its module holds. Only of installed packages: what a user keeps in his own module goes by
 * value, with the module's variables as they are at the call. Cost: a look.
 */
export function privateFunction(fn: AnyFunction): StandIn | undefined {
  if (!inspectorAvailable()) return undefined;
  const look = lookAt(fn);
  const file = look.place && importableFile(look.place.scriptId);
  return file === undefined || !isInstalled(file) ? undefined : inModule(file, look.scopes(), fn);
}

/** An object that a variable of the module of its methods, or of its class, holds. */
export function privateObject(object: object): StandIn | undefined {
  if (!inspectorAvailable()) return undefined;
  const seen = standsIn.get(object);
  if (seen !== undefined) return inModule(seen.file, seen.scopes, object);
  for (const method of methodsOf(object)) {
    const look = lookAt(method);
    const file = look.place && importableFile(look.place.scriptId);
    const found = file === undefined ? undefined : inModule(file, look.scopes(), object);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value was met in a variable of a function's module: should it turn out not to be sendable, this is where it is. */
export function remindOf(value: unknown, scriptId: string, scopes: readonly Scope[]): void {
  if (typeof value !== 'object' || value === null || standsIn.has(value)) return;
  const file = importableFile(scriptId);
  if (file !== undefined) standsIn.set(value, { file, scopes });
}

/** The scopes of a module that are around a function, the module's own first. */
export function moduleScopes(scopes: readonly Scope[]): readonly Scope[] {
  return scopes.filter(({ kind }) => kind !== 'Global' && kind !== 'Script').reverse();
}

function inModule(file: string, scopes: readonly Scope[], value: object): StandIn | undefined {
  const own = moduleScopes(scopes);
  const isModule = own[0]?.kind === 'Module';
  for (const [depth, { variables }] of own.entries()) {
    const path = pathIn(variables, value);
    // A module has one scope of its own, but may have run an inner function often: some export must see this very value.
    if (path !== undefined && (depth === 0 || isSeenByExport(file, isModule, { depth, path }, value)))
      return { what: 'private', file, depth, path, isModule };
  }
  return undefined;
}

function isSeenByExport(file: string, isModule: boolean, place: Place, value: object): boolean {
  const exports: unknown = isModule ? loadedNamespace(pathToFileURL(file).href) : cache[file]?.exports;
  for (const anchor of anchorsIn(exports)) {
    const scopes = moduleScopes(scopesOf(anchor));
    if (scopes.length > place.depth) return valueAt(scopes, place) === value;
  }
  return false;
}

export interface Place {
  readonly depth: number;
  readonly path: readonly string[];
}

export function valueAt(scopes: readonly Scope[], { depth, path: [name = '', ...rest] }: Place): unknown {
  const variables = scopes[depth]?.variables;
  if (variables === undefined || !(name in variables)) return undefined;
  return rest.reduce((at: unknown, key) => (isObject(at) ? (Reflect.get(at, key) as unknown) : undefined), read(variables, name));
}

/** Functions of a module that everybody can get at, and some that hang on them. */
export function* anchorsIn(exports: unknown, depth = 0, seen = new Set<unknown>()): Generator<AnyFunction> {
  if (!isObject(exports) || seen.has(exports) || seen.size > MOST_ANCHORS) return;
  seen.add(exports);
  if (typeof exports === 'function') yield exports as AnyFunction;
  if (depth > 2) return;
  for (const key of Object.getOwnPropertyNames(exports)) yield* anchorsIn(memberOf(exports, key), depth + 1, seen);
}

function memberOf(container: object, key: string): unknown {
  try {
    const property = Object.getOwnPropertyDescriptor(container, key);
    return (property?.value ?? property?.get) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' || typeof value === 'function') && value !== null;
}

/** No deeper than `internals.Base.prototype`: what is deeper is mutable state. */
function pathIn(variables: Scope['variables'], value: object): readonly string[] | undefined {
  for (const name of Object.keys(variables)) {
    const variable = read(variables, name);
    if (variable === value) return [name];
    const path = memberPath(variable, value);
    if (path !== undefined) return [name, ...path];
  }
  return undefined;
}

function memberPath(container: unknown, value: object, depth = 0): readonly string[] | undefined {
  if (typeof container === 'function')
    return Object.getOwnPropertyDescriptor(container, 'prototype')?.value === value ? ['prototype'] : undefined;
  if (depth > 0 || typeof container !== 'object' || container === null || Object.getPrototypeOf(container) !== Object.prototype)
    return undefined;
  for (const key of Object.keys(container)) {
    const member = read(container as Scope['variables'], key);
    if (member === value) return [key];
    const path = memberPath(member, value, depth + 1);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

function* methodsOf(object: object): Generator<AnyFunction> {
  let count = 0;
  for (const key of Object.getOwnPropertyNames(object)) {
    const { value, get } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    const method: unknown = value ?? get;
    if (typeof method === 'function' && count++ < ENOUGH_METHODS) yield method as AnyFunction;
  }
}

function importableFile(scriptId: string): string | undefined {
  const { url } = scriptOf(scriptId);
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  return /^(?:\/|[a-z]:\\)/i.test(file) && isImportable(file) && !isTransformedByTestRunner(file) ? file : undefined;
}

function read(container: Scope['variables'], key: string): unknown {
  try {
    return Object.getOwnPropertyDescriptor(container, key)?.value ?? undefined;
  } catch {
    return undefined;
  }
}

const standsIn = new WeakMap<object, { readonly file: string; readonly scopes: readonly Scope[] }>();
const { cache } = ownRequire;
/** Each costs a look, 0.1 ms. A guess: what the first exports do not see, others rarely do. */
const MOST_ANCHORS = 64;
/** The first may come from another module (a mixin). A guess. */
const ENOUGH_METHODS = 3;
