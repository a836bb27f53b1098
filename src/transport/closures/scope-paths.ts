/** Scopes as a way to things: from a function to a variable that it sees, and to what is in that. */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { dataOf } from '../functions/members.js';
import { walksStack } from '../functions/stack-walkers.js';
import type { Scope } from '../inspect/look.js';
import { isObject } from '../is-object.js';

/** `depth` is that of the scope, from the module's own, 0; `path` begins with the variable. */
export interface ScopePath {
  readonly depth: number;
  readonly path: readonly string[];
}

export function valueAt(scopes: readonly Scope[], { depth, path: [name = '', ...rest] }: ScopePath): unknown {
  const variables = scopes[depth]?.variables;
  if (variables === undefined || !(name in variables)) return undefined;
  return rest.reduce((at: unknown, key) => (isObject(at) ? (Reflect.get(at, key) as unknown) : undefined), dataOf(variables, name));
}

/** The scopes of a module that are around a function, the module's own first. */
export function moduleScopes(scopes: readonly Scope[]): readonly Scope[] {
  return scopes.filter(({ kind }) => kind !== 'Global' && kind !== 'Script').reverse();
}

/** No deeper than `internals.Base.prototype`: what is deeper is mutable state. Loops of its own: modules have thousands of variables, and this is asked often. */
export function pathIn(variables: Scope['variables'], value: object | symbol): readonly string[] | undefined {
  for (const name of Object.keys(variables)) {
    const variable = dataOf(variables, name);
    if (variable === value) return [name];
    const path = memberPath(variable, value);
    if (path !== undefined) return [name, ...path];
  }
  return undefined;
}

function memberPath(container: unknown, value: object | symbol, depth = 0): readonly string[] | undefined {
  if (typeof container === 'function') return dataOf(container, 'prototype') === value ? ['prototype'] : undefined;
  if (depth > 0 || !isPlain(container)) return undefined;
  for (const key of Object.keys(container)) {
    const member = dataOf(container, key);
    if (member === value) return [key];
    const path = memberPath(member, value, depth + 1);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

/** Functions of a module that everybody can get at, and some that hang on them. */
export function* anchorsIn(exports: unknown, depth = 0, seen = new Set<unknown>()): Generator<AnyFunction> {
  if (!isObject(exports) || seen.has(exports) || seen.size > MOST_ANCHORS) return;
  seen.add(exports);
  if (typeof exports === 'function') yield exports as AnyFunction;
  if (depth > 2) return;
  for (const key of namesIn(exports, Object.getOwnPropertyNames))
    if (!walksStack(exports, key)) yield* anchorsIn(memberOf(exports, key), depth + 1, seen);
}

function memberOf(container: object, key: string): unknown {
  try {
    const property = Object.getOwnPropertyDescriptor(container, key);
    return (property?.value ?? property?.get) as unknown;
  } catch {
    return undefined;
  }
}

/** Of a proxy nothing is asked: its traps may do anything, and a revoked one throws. */
export function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && Object.getPrototypeOf(value) === Object.prototype;
}

/** As `Object.keys`, or `Object.getOwnPropertyNames`; none of a proxy that was revoked, or whose traps throw. */
export function namesIn(container: object, names: (of: object) => string[] = Object.keys): readonly string[] {
  try {
    return names(container);
  } catch {
    return [];
  }
}

/** What is in variables, exports or an object by its own names; nothing of what is no object. */
export function* dataIn(container: unknown): Generator<[name: string, value: unknown]> {
  if (!isObject(container)) return;
  for (const name of namesIn(container)) yield [name, dataOf(container, name)];
}

/** Each costs a look, 0.1 ms. A guess: what the first exports do not see, others rarely do. */
const MOST_ANCHORS = 64;
