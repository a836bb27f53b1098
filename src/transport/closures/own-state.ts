/** What a function carries beside its code: its own properties (static fields among them), and what was put onto its prototype. */

import type { AnyFunction } from '../any-function.js';
import { privateFieldsOf } from '../inspect/privates.js';

/** Whether there is any. */
export function isExtended(fn: AnyFunction): boolean {
  return accessorState(fn).length > 0 || foreignKeys(fn, fn).length > 0 || foreignKeys(fn, ownPrototype(fn)).length > 0;
}

/** A prototype that was put in place of the function's own: a literal, `Object.create(…)`, that of another function. Undefined for all others. */
export function givenPrototype(fn: AnyFunction): object | undefined {
  const prototype = prototypeOf(fn);
  if (prototype === undefined || isGenerator(fn)) return undefined;
  return Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === fn ? undefined : prototype;
}

/** Data only: a getter would be run, and static accessors are in the class's text. */
export function ownState(fn: AnyFunction, except: ReadonlySet<string> = new Set()): Record<string | symbol, unknown> {
  return dataOf(
    fn,
    foreignKeys(fn, fn).filter((key) => typeof key === 'symbol' || !except.has(key)),
  );
}

/** In the order of `names`, which come without their `#`. */
export function staticPrivates(fn: AnyFunction, names: readonly string[]): unknown[] {
  const fields = privateFieldsOf(fn);
  return names.map((name) => fields.get(`#${name}`));
}

export function prototypeState(fn: AnyFunction): Record<string | symbol, unknown> {
  const prototype = ownPrototype(fn);
  return prototype === undefined ? {} : dataOf(prototype, foreignKeys(fn, prototype));
}

/** What a constructor written as a function inherits from (`util.inherits`, `Object.create(Parent.prototype)`). */
export function parentOf(fn: AnyFunction): AnyFunction | undefined {
  const prototype = ownPrototype(fn);
  const inherited: unknown = prototype && Object.getPrototypeOf(prototype);
  if (typeof inherited !== 'object' || inherited === null || inherited === Object.prototype || isGenerator(fn)) return undefined;
  const parent: unknown = inherited.constructor;
  return typeof parent === 'function' && parent !== fn && parent.prototype === inherited ? parent : undefined;
}

function ownPrototype(fn: AnyFunction): object | undefined {
  return givenPrototype(fn) === undefined ? prototypeOf(fn) : undefined;
}

function prototypeOf(fn: AnyFunction): object | undefined {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

function isGenerator(fn: AnyFunction): boolean {
  return /Generator/.test(Object.prototype.toString.call(fn));
}

/** What the class's text does not make: what can be enumerated was put there, and so were functions written elsewhere (by a decorator). */
function foreignKeys(fn: AnyFunction, holder: object | undefined): (string | symbol)[] {
  if (holder === undefined) return [];
  const text = textOf(fn);
  return Reflect.ownKeys(holder).filter((key) => {
    if (key === 'constructor' || key === 'prototype') return false;
    const { enumerable, value } = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
    return enumerable === true || (typeof value === 'function' && text.startsWith('class') && !text.includes(textOf(value)));
  });
}

/** Accessors on the prototype that the class's text does not make. */
export function accessorState(fn: AnyFunction): (readonly [name: string, get: unknown, set: unknown])[] {
  const prototype = ownPrototype(fn);
  const text = textOf(fn);
  return Object.entries<PropertyDescriptor>(prototype === undefined ? {} : Object.getOwnPropertyDescriptors(prototype)).flatMap(
    ([name, { get, set }]) =>
      [get, set].some((accessor) => accessor !== undefined && !text.includes(textOf(accessor))) ? [[name, get, set] as const] : [],
  );
}

function dataOf(holder: object, keys: readonly (string | symbol)[]): Record<string | symbol, unknown> {
  const state: Record<string | symbol, unknown> = {};
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(holder, key);
    if (property !== undefined && 'value' in property) state[key] = property.value;
  }
  return state;
}

function textOf(fn: unknown): string {
  return Function.prototype.toString.call(fn);
}
