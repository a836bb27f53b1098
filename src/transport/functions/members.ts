import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { isObject } from '../is-object.js';
import { walksStack } from './stack-walkers.js';

/**
 * Where in an object (a module's exports) a function is, by identity and no deeper than users name things:
 *
 *   render    Report.parse (static or of an exported object)    Report.prototype.toHtml
 *
 * Deeper paths lead through mutable state (registries, caches, global configs) that a fresh thread does not share.
 */
export function pathTo(root: unknown, fn: AnyFunction): readonly string[] | undefined {
  return pathByName(root, fn) ?? (isContainer(root) ? indexOf(root).get(fn) : undefined);
}

/** The same for exports that are still being filled: looks at the function's own name only, and remembers nothing. */
export function pathByName(root: unknown, fn: AnyFunction): readonly string[] | undefined {
  if (root === fn) return [];
  const name = ownName(fn);
  return name !== '' && isContainer(root) && exportedMember(root, name) === fn ? [name] : undefined;
}

/** Every function within reach, nearest first; through the getters of compilers too, if told so. */
export function* membersOf(root: unknown, getters: 'read' | 'leave'): Generator<[path: string[], member: AnyFunction]> {
  if (!isContainer(root)) return;
  const look = getters === 'read' ? exportedMember : dataOf;
  const members = Object.getOwnPropertyNames(root).map((key) => [key, look(root, key)] as const);
  for (const [key, member] of members) if (typeof member === 'function') yield [[key], member];
  for (const [key, member] of members) {
    if (key === 'prototype' || !(typeof member === 'function' || isNamespace(member))) continue;
    yield* functionsIn(member, [key]);
  }
  if (typeof root === 'function') yield* functionsIn(dataOf(root, 'prototype'), ['prototype']);
  for (const [key, member] of members) {
    if (typeof member === 'function') yield* functionsIn(dataOf(member, 'prototype'), [key, 'prototype']);
  }
}

/** The name that the function was defined with; '' where reading it would run someone's code. */
export function ownName(fn: AnyFunction): string {
  if (types.isProxy(fn)) return '';
  const name: unknown = dataOf(fn, 'name');
  return typeof name === 'string' ? name : '';
}

/** A plain object that groups functions: `{ parse() {}, format() {} }`, `JSON`, a namespace. */
export function isNamespace(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Walked once: fresh closures come by at each call, and none of them is here. */
function indexOf(root: object): WeakMap<AnyFunction, string[]> {
  let index = indexes.get(root);
  if (index !== undefined) return index;
  index = new WeakMap();
  for (const [path, member] of membersOf(root, 'read')) if (!index.has(member)) index.set(member, path);
  indexes.set(root, index);
  return index;
}

function* functionsIn(container: unknown, path: string[]): Generator<[string[], AnyFunction]> {
  if (!isContainer(container)) return;
  for (const key of Object.getOwnPropertyNames(container)) {
    if (key === 'constructor' || walksStack(container, key)) continue;
    const member = dataOf(container, key);
    if (typeof member === 'function') yield [[...path, key], member];
  }
}

function isContainer(value: unknown): value is object {
  return isObject(value) && !types.isProxy(value);
}

/**
 * A member, through a getter where the getter calls nothing: those are what compilers make of re-exports
 * (`get: () => inner`, `return _inner.default`). Others load modules, warn, or worse.
 */
export function exportedMember(container: object, key: string): unknown {
  const property = ownProperty(container, key);
  if (property === undefined) return undefined;
  if (property.get === undefined) return property.value as unknown;
  if (!CALLS_NOTHING.test(Function.prototype.toString.call(property.get).replace(IN_PARENTHESES, '=> $1'))) return undefined;
  try {
    return Reflect.get(container, key);
  } catch {
    return undefined;
  }
}

/** Undefined for what has a getter, and for an export or a variable that is not initialized yet. */
export function dataOf(container: object, key: string): unknown {
  return ownProperty(container, key)?.value as unknown;
}

function ownProperty(container: object, key: string): PropertyDescriptor | undefined {
  try {
    return Reflect.getOwnPropertyDescriptor(container, key);
  } catch {
    return undefined;
  }
}

const indexes = new WeakMap<object, WeakMap<AnyFunction, string[]>>();
/** As webpack writes them: `() => (inner)`, with a comment. */
const IN_PARENTHESES = /=>\s*\(\s*(?:\/\*[^*]*\*\/)?\s*([\w$.]+)\s*\)/;
/** One pair of parentheses, its own (or none: `x => …`), no template tag, no `new`. */
const CALLS_NOTHING = /^(?!.*(?:\bnew\b|`))[^()]*(?:\([^()]*\)[^()]*)?$/s;
