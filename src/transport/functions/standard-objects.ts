/**
 * Objects that are no functions and that every thread has: `Math`, `process`, `Array.prototype`.
 */
import { standardGlobals } from './standard-globals.js';

/** From `globalThis` (the empty path); undefined for all others. */
export function standardObjectPath(value: object): readonly string[] | undefined {
  paths ??= standardObjects();
  return paths.get(value);
}

function standardObjects(): Map<object, readonly string[]> {
  const objects = new Map<object, readonly string[]>([
    [globalThis, []],
    [process, ['process']],
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

let paths: Map<object, readonly string[]> | undefined;
