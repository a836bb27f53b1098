/** What a function carries beside its code: its own properties (static fields among them), and what was put onto its prototype. */

import type { AnyFunction } from '../any-function.js';
import { isNative } from '../functions/fingerprint.js';
import { walksStack } from '../functions/stack-walkers.js';
import { privateFieldsOf } from '../inspect/privates.js';
import type { Slot } from '../protocol.js';
import { withoutPending } from './module-cache.js';

/** Reads one kind of it. */
export interface OwnReader {
  readonly slot: Slot;
  /** For messages. */
  readonly name: string;
  readonly read: (fn: AnyFunction) => unknown;
}

/** Of all that there is. `except`: static fields that the class's text makes anew. */
export function ownReaders(fn: AnyFunction, except: ReadonlySet<string> = new Set()): OwnReader[] {
  const readers: OwnReader[] = [];
  if (isExtended(fn)) {
    readers.push({ slot: { to: 'properties' }, name: 'its properties', read: (it) => ownState(it, except) });
    if (ownPrototype(fn) !== undefined) readers.push({ slot: { to: 'prototype' }, name: 'prototype', read: prototypeState });
    if (accessorState(fn).length > 0) readers.push({ slot: { to: 'accessors' }, name: 'prototype', read: accessorState });
  }
  if (givenPrototype(fn) !== undefined) readers.push({ slot: { to: 'given prototype' }, name: 'prototype', read: givenPrototype });
  if (givenNature(fn) !== undefined) readers.push({ slot: { to: 'given nature' }, name: '__proto__', read: givenNature });
  return readers;
}

/** The same for all functions of one site that have the same kinds of it. */
export function stateKeyOf(fn: AnyFunction): string {
  const extended = isExtended(fn) ? `extended${accessorState(fn).length > 0 ? ' accessors' : ''}` : '';
  return `${extended}${givenPrototype(fn) === undefined ? '' : ' given'}${givenNature(fn) === undefined ? '' : ' nature'}`;
}

function isExtended(fn: AnyFunction): boolean {
  return accessorState(fn).length > 0 || foreignKeys(fn, fn).length > 0 || foreignKeys(fn, ownPrototype(fn)).length > 0;
}

/**
 * What a function inherits from that is no function's usual prototype: `Object.setPrototypeOf(fn, methods)`, as chalk and unified make
 * functions that are objects of theirs, or the constructor that an older one extends. Undefined for all others.
 */
function givenNature(fn: AnyFunction): object | null | undefined {
  const inherited = Object.getPrototypeOf(fn) as object | null;
  if (inherited === Function.prototype || usualNatures.has(inherited) || textOf(fn).startsWith('class')) return undefined;
  const type: unknown = inherited === null ? undefined : Object.getOwnPropertyDescriptor(inherited, 'constructor')?.value;
  // `AsyncFunction.prototype` and the like, of any realm.
  return typeof type === 'function' && /Function$/.test(type.name) && isNative(type as AnyFunction) ? undefined : inherited;
}

/** A prototype that was put in place of the function's own: a literal, `Object.create(…)`, that of another function. Undefined for all others. */
function givenPrototype(fn: AnyFunction): object | undefined {
  const prototype = prototypeOf(fn);
  if (prototype === undefined || isGenerator(fn)) return undefined;
  return Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === fn ? undefined : prototype;
}

/** Data only: a getter would be run, and static accessors are in the class's text. */
function ownState(fn: AnyFunction, except: ReadonlySet<string>): Record<string | symbol, unknown> {
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

function prototypeState(fn: AnyFunction): Record<string | symbol, unknown> {
  const prototype = ownPrototype(fn);
  return prototype === undefined ? {} : dataOf(prototype, foreignKeys(fn, prototype));
}

/** What a constructor written as a function inherits from (`util.inherits`, `Object.create(Parent.prototype)`). */
export function parentOf(fn: AnyFunction): AnyFunction | undefined {
  const prototype = ownPrototype(fn);
  const inherited: unknown = prototype && Object.getPrototypeOf(prototype);
  if (typeof inherited !== 'object' || inherited === null || inherited === Object.prototype || isGenerator(fn)) return undefined;
  const parent: unknown = inherited.constructor;
  if (typeof parent !== 'function' || parent === fn || parent.prototype !== inherited) return undefined;
  // Of another realm.
  return parent.name === 'Object' && isNative(parent as AnyFunction) ? undefined : (parent as AnyFunction);
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

/**
 * What the function's text does not make: what can be enumerated was put there, so were functions written elsewhere (by a decorator),
 * and hidden data (`super_`, by `util.inherits`).
 */
function foreignKeys(fn: AnyFunction, holder: object | undefined): (string | symbol)[] {
  if (holder === undefined) return [];
  const text = textOf(fn);
  const isClass = text.startsWith('class');
  return Reflect.ownKeys(holder).filter((key) => {
    if (key === 'constructor') return false;
    // `static length = 9`, too.
    if (Object.prototype.propertyIsEnumerable.call(holder, key)) return true;
    if (holder === fn && everyFunctions.has(key)) return false;
    const { value } = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
    return typeof value === 'function' && isClass ? !text.includes(textOf(value)) : value !== undefined;
  });
}

/** Accessors on the function and on its prototype that its text does not make. */
function accessorState(fn: AnyFunction): (readonly [isOwn: boolean, name: string | symbol, get: unknown, set: unknown])[] {
  return [...foreignAccessors(fn, fn), ...foreignAccessors(fn, ownPrototype(fn))];
}

function foreignAccessors(fn: AnyFunction, holder: object | undefined): ReturnType<typeof accessorState> {
  if (holder === undefined) return [];
  const text = textOf(fn);
  return Reflect.ownKeys(holder).flatMap((key) => {
    if (walksStack(holder, key)) return [];
    const { get, set } = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
    const isForeign = [get, set].some((accessor) => accessor !== undefined && !text.includes(textOf(accessor)));
    return isForeign ? [[holder === fn, key, get, set] as const] : [];
  });
}

function dataOf(holder: object, keys: readonly (string | symbol)[]): Record<string | symbol, unknown> {
  const state: Record<string | symbol, unknown> = {};
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(holder, key);
    if (property !== undefined && 'value' in property)
      Object.defineProperty(state, key, { ...property, value: withoutPending(property.value) });
  }
  return state;
}

function textOf(fn: unknown): string {
  return Function.prototype.toString.call(fn);
}

/** Under `--frozen-intrinsics` their `constructor` cannot be read as data. */
const usualNatures: ReadonlySet<unknown> = new Set(
  [async () => undefined, function* () {}, async function* () {}].map((fn) => Object.getPrototypeOf(fn) as unknown),
);
const everyFunctions: ReadonlySet<string | symbol> = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);
