/** What a function carries beside its code: its own properties (static fields among them), and what was put onto its prototype. */

import type { AnyFunction } from '../any-function.js';
import { privateFieldsOf } from '../inspect/privates.js';

/** Whether there is any. */
export function isExtended(fn: AnyFunction): boolean {
  return accessorState(fn).length > 0 || foreignKeys(fn, fn).length > 0 || foreignKeys(fn, prototypeOf(fn)).length > 0;
}

/** Data only: a getter would be run, and static accessors are in the class's text. */
export function ownState(fn: AnyFunction, except: ReadonlySet<string> = new Set()): Record<string, unknown> {
  return dataOf(
    fn,
    foreignKeys(fn, fn).filter((key) => !except.has(key)),
  );
}

/** In the order of `names`, which come without their `#`. */
export function staticPrivates(fn: AnyFunction, names: readonly string[]): unknown[] {
  const fields = privateFieldsOf(fn);
  return names.map((name) => fields.get(`#${name}`));
}

export function prototypeState(fn: AnyFunction): Record<string, unknown> {
  const prototype = prototypeOf(fn);
  return prototype === undefined ? {} : dataOf(prototype, foreignKeys(fn, prototype));
}

/** What a constructor written as a function inherits from (`util.inherits`, `Object.create(Parent.prototype)`). */
export function parentOf(fn: AnyFunction): AnyFunction | undefined {
  const prototype = prototypeOf(fn);
  const inherited: unknown = prototype && Object.getPrototypeOf(prototype);
  if (typeof inherited !== 'object' || inherited === null || inherited === Object.prototype || isGenerator(fn)) return undefined;
  const parent: unknown = inherited.constructor;
  return typeof parent === 'function' && parent !== fn && parent.prototype === inherited ? parent : undefined;
}

function prototypeOf(fn: AnyFunction): object | undefined {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

function isGenerator(fn: AnyFunction): boolean {
  return /Generator/.test(Object.prototype.toString.call(fn));
}

/** What the class's text does not make: what can be enumerated was put there, and so were functions written elsewhere (by a decorator). */
function foreignKeys(fn: AnyFunction, holder: object | undefined): string[] {
  if (holder === undefined) return [];
  const text = textOf(fn);
  return Object.getOwnPropertyNames(holder).filter((key) => {
    if (key === 'constructor' || key === 'prototype') return false;
    const { enumerable, value } = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
    return enumerable === true || (typeof value === 'function' && text.startsWith('class') && !text.includes(textOf(value)));
  });
}

/** Accessors on the prototype that the class's text does not make. */
export function accessorState(fn: AnyFunction): (readonly [name: string, get: unknown, set: unknown])[] {
  const prototype = prototypeOf(fn);
  const text = textOf(fn);
  return Object.entries<PropertyDescriptor>(prototype === undefined ? {} : Object.getOwnPropertyDescriptors(prototype)).flatMap(
    ([name, { get, set }]) =>
      [get, set].some((accessor) => accessor !== undefined && !text.includes(textOf(accessor))) ? [[name, get, set] as const] : [],
  );
}

function dataOf(holder: object, keys: readonly string[]): Record<string, unknown> {
  const state: Record<string, unknown> = {};
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(holder, key);
    if (property !== undefined && 'value' in property) state[key] = property.value;
  }
  return state;
}

function textOf(fn: unknown): string {
  return Function.prototype.toString.call(fn);
}
