/**
 * Objects that are no functions and that every thread has: `Math`, `process`, `Array.prototype`.
 */
import { types } from 'node:util';
import { nodesGlobal } from '../own/nodes-realm.js';
import { standardGlobals } from './standard-globals.js';

/** From `globalThis` (the empty path); undefined for all others. */
export function standardObjectPath(value: object): readonly string[] | undefined {
  paths ??= standardObjects();
  return paths.get(value) ?? lazyPath(value);
}

/** Of those that Node makes when they are first touched: touched for an object that calls itself so, which someone must have got there. */
function lazyPath(value: object): readonly string[] | undefined {
  if (types.isProxy(value)) return undefined;
  const tag: unknown = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value) ?? {}, Symbol.toStringTag)?.value;
  const path = lazyObjects.get(tag as string);
  const found = path?.reduce<unknown>((at, name) => Reflect.get(at as object, name), globalThis);
  return found === value ? path : undefined;
}

function standardObjects(): Map<object, readonly string[]> {
  const objects = new Map<object, readonly string[]>([
    [globalThis, []],
    [process, ['process']],
    // Jest's programs have one of their own, what Node wraps for them captures Node's.
    [nodesGlobal().process, ['process']],
  ]);
  for (const name of standardGlobals) {
    // Getters load what they stand for; nobody has it who has not asked.
    const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
    if (typeof value === 'object' && value !== null) objects.set(value, [name]);
    if (typeof value !== 'function') continue;
    const prototype: unknown = value.prototype;
    if (typeof prototype === 'object' && prototype !== null) objects.set(prototype, [name, 'prototype']);
  }
  return objects;
}

const lazyObjects: ReadonlyMap<string, readonly string[]> = new Map([
  ['Performance', ['performance']],
  ['Crypto', ['crypto']],
  ['SubtleCrypto', ['crypto', 'subtle']],
  ['Navigator', ['navigator']],
]);
let paths: Map<object, readonly string[]> | undefined;
