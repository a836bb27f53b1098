/** What a function carries beside its code: its own properties (static fields among them), and what was put onto its prototype. */

import { privateFieldsOf } from '../inspect/privates.js';

/** Whether there is any. */
export function isExtended(fn: Function): boolean {
  return Object.keys(fn).length > 0 || isPatched(prototypeOf(fn));
}

/** Data only: a getter would be run, and static accessors are in the class's text. */
export function ownState(fn: Function, except: ReadonlySet<string> = new Set()): Record<string, unknown> {
  return enumerableData(fn, except);
}

/** In the order of `names`, which come without their `#`. */
export function staticPrivates(fn: Function, names: readonly string[]): unknown[] {
  const fields = privateFieldsOf(fn);
  return names.map((name) => fields.get(`#${name}`));
}

export function prototypeState(fn: Function): Record<string, unknown> {
  const prototype = prototypeOf(fn);
  return prototype === undefined ? {} : enumerableData(prototype, new Set(['constructor']));
}

/** What a constructor written as a function inherits from (`util.inherits`, `Object.create(Parent.prototype)`). */
export function parentOf(fn: Function): Function | undefined {
  const prototype = prototypeOf(fn);
  const inherited: unknown = prototype && Object.getPrototypeOf(prototype);
  if (typeof inherited !== 'object' || inherited === null || inherited === Object.prototype || isGenerator(fn)) return undefined;
  const parent: unknown = inherited.constructor;
  return typeof parent === 'function' && parent !== fn && parent.prototype === inherited ? parent : undefined;
}

function prototypeOf(fn: Function): object | undefined {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

function isPatched(prototype: object | undefined): boolean {
  return prototype !== undefined && Object.keys(prototype).some((key) => key !== 'constructor');
}

function isGenerator(fn: Function): boolean {
  return /Generator/.test(Object.prototype.toString.call(fn));
}

function enumerableData(object: object, except: ReadonlySet<string>): Record<string, unknown> {
  const state: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (property !== undefined && 'value' in property && !except.has(key)) state[key] = property.value;
  }
  return state;
}
