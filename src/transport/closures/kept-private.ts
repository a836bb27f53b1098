/**
 * What a module that threads can import keeps to itself: functions, classes and objects that it does not export, but that its
 * exports can see. They are found again through the scopes of an export: the thread's own, with its own state, as for all references.
 */
import { isImportable, isTransformedByTestRunner } from '../functions/entry.js';
import type { AnyFunction } from '../any-function.js';
import { lookAt, type Scope } from '../inspect/look.js';
import { scriptOf } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { StandIn } from '../protocol.js';
import { fileURLToPath } from 'node:url';

/** A function or class that a variable of its module holds. Cost: a look. */
export function privateFunction(fn: AnyFunction): StandIn | undefined {
  if (!inspectorAvailable()) return undefined;
  const look = lookAt(fn);
  const file = look.place && importableFile(look.place.scriptId);
  return file === undefined ? undefined : inModule(file, look.scopes(), fn);
}

/** An object that a variable of the module of its methods, or of its class, holds. */
export function privateObject(object: object): StandIn | undefined {
  if (!inspectorAvailable()) return undefined;
  const seen = standsIn.get(object);
  if (seen !== undefined) return inModule(seen.file, [seen.scope], object);
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
  const scope = moduleScope(scopes);
  if (file !== undefined && scope !== undefined) standsIn.set(value, { file, scope });
}

/** Of the scopes around a function the one that its module's own variables are in: the outermost but the global ones. */
export function moduleScope(scopes: readonly Scope[]): Scope | undefined {
  return scopes.findLast(({ kind }) => kind !== 'Global' && kind !== 'Script');
}

function inModule(file: string, scopes: readonly Scope[], value: object): StandIn | undefined {
  const scope = moduleScope(scopes);
  const path = scope && pathIn(scope.variables, value);
  return path && { what: 'private', file, path, isModule: scope.kind === 'Module' };
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
  if (typeof container === 'function') return Object.getOwnPropertyDescriptor(container, 'prototype')?.value === value ? ['prototype'] : undefined;
  if (depth > 0 || typeof container !== 'object' || container === null || Object.getPrototypeOf(container) !== Object.prototype) return undefined;
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

const standsIn = new WeakMap<object, { readonly file: string; readonly scope: Scope }>();
/** The first may come from another module (a mixin). A guess. */
const ENOUGH_METHODS = 3;
