/**
 * Puts a packed value together again, after structured clone. Synchronous: whatever it needs is loaded before.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import type { Rebuilt } from '../described.js';
import type { Closing, FunctionSpecial, Packed, Patch, Properties, Prototype, Special } from '../packed.js';
import { assign } from './assign.js';
import { recordSymbol } from './file-records.js';
import { makePrivate } from './private-arrivals.js';
import { sharedPrototype } from './prototypes.js';
import { remake } from './remade.js';
import { fillRows } from './rows.js';

interface DecodeOptions {
  /** A function of a loaded description, or an object that this thread has by itself. */
  readonly rebuild: (id: number, self?: number, home?: AnyFunction) => Rebuilt;
}

export function decode(packed: Packed, options: DecodeOptions): unknown {
  const rebuilt: (Rebuilt | undefined)[] = [];
  const values: unknown[] = [];
  let hasPrivate = false;
  for (const [i, special] of packed.specials.entries()) {
    hasPrivate ||= special.kind === 'private';
    if (special.kind === 'proxy' || special.kind === 'private' || special.kind === 'prototype' || isInside(special)) values.push(undefined);
    else if (special.kind === 'constant') values.push((options.rebuild(special.id).fn as object | undefined) ?? special.shell);
    else if (special.kind !== 'function' && special.kind !== 'reference') values.push(make(special));
    else {
      const made = options.rebuild(special.id, 'self' in special ? special.self : undefined);
      rebuilt[i] = made;
      values.push(made.fn);
    }
  }
  for (const i of packed.specials.keys()) {
    makeInside(i, packed.specials, { values, rebuilt }, options);
    const special = packed.specials[i];
    if (special?.kind === 'prototype') values[i] = (values[special.of] as { prototype: unknown }).prototype;
  }
  const finish = hasPrivate ? madePrivate(packed, values, rebuilt) : undefined;
  for (const i of packed.specials.keys()) {
    makeProxy(i, packed.specials, values);
    linkSearch(i, packed.specials, values);
  }
  put(packed.places, values);
  for (const patch of packed.patches) apply(patch, values);
  for (const [i, special] of packed.specials.entries()) {
    if (special.kind === 'exception' && special.own !== undefined) setOwn(values[i] as object, special.own, values);
  }
  fillFunctions(packed.specials, rebuilt);
  finish?.();
  closeFunctions(packed.patches, values);
  return packed.root[0];
}

function put(places: readonly unknown[], values: readonly unknown[]): void {
  for (let i = 0; i < places.length; i += 3) {
    assign(places[i] as object, places[i + 1] as PropertyKey, values[places[i + 2] as number]);
  }
}

function isInside(special: Special | undefined): special is FunctionSpecial & { home: number } {
  return special?.kind === 'function' && special.home !== undefined;
}

/** When there is the class, which may be made inside of another. */
function makeInside(
  i: number,
  specials: readonly Special[],
  made: { readonly values: unknown[]; readonly rebuilt: (Rebuilt | undefined)[] },
  options: DecodeOptions,
): unknown {
  const special = specials[i];
  if (!isInside(special) || made.rebuilt[i] !== undefined) return made.values[i];
  const home = makeInside(special.home, specials, made, options) as AnyFunction;
  const rebuilt = options.rebuild(special.id, special.self, home);
  made.rebuilt[i] = rebuilt;
  made.values[i] = rebuilt.fn;
  return rebuilt.fn;
}

/** Classes make their instances when they are whole themselves: all is put together as far as that, and then once more with the instances. */
function madePrivate(packed: Packed, values: unknown[], rebuilt: readonly (Rebuilt | undefined)[]): () => void {
  put(packed.places, values);
  for (const patch of packed.patches) if (patch.kind === 'prototype') apply(patch, values);
  fillFunctions(packed.specials, rebuilt);
  return makePrivate(packed.specials, values);
}

function linkSearch(i: number, specials: readonly Special[], values: unknown[]): void {
  const special = specials[i];
  if (special?.kind === 'search' && special.of !== undefined) values[i] = (values[special.of] as URL).searchParams;
}

/** Of what has been made, proxies among them. */
function makeProxy(i: number, specials: readonly Special[], values: unknown[]): unknown {
  const special = specials[i];
  if (special?.kind === 'proxy')
    values[i] ??= new Proxy(makeProxy(special.target, specials, values) as object, makeProxy(special.handler, specials, values) as object);
  return values[i];
}

function make(special: Exclude<Special, { kind: 'function' | 'reference' | 'prototype' | 'proxy' | 'private' | 'constant' }>): unknown {
  switch (special.kind) {
    case 'symbol':
      return symbolOf(special.of, special.name);
    case 'unique symbol':
      return Symbol(special.name);
    case 'weak':
      return special.type === 'WeakMap' ? new WeakMap() : new WeakSet();
    case 'url':
      return new URL(special.href);
    case 'search':
      return new URLSearchParams(special.text);
    case 'exception':
      return new DOMException(special.message, special.name);
    case 'remade':
      return remake(special.type, special.args);
    case 'deep':
      return special.value;
  }
}

function symbolOf(of: string, name: string): unknown {
  if (of === 'registry') return Symbol.for(name);
  return of === 'Symbol' ? Reflect.get(Symbol, name) : (recordSymbol(of, name) ?? Symbol(name));
}

function apply(patch: Patch, values: readonly unknown[]): void {
  switch (patch.kind) {
    case 'prototype': {
      const prototype = prototypeOf(patch.of, values);
      for (const target of patch.targets) Object.setPrototypeOf(target, prototype);
      break;
    }
    case 'entries':
      enter(typeof patch.target === 'number' ? (values[patch.target] as object) : patch.target, patch.entries);
      break;
    case 'properties':
      setOwn(patch.target, patch.own, values);
      break;
    case 'rows':
      fillRows(patch);
      break;
    case 'closed':
      for (const target of patch.targets) if (typeof target === 'object') close(target, patch.how);
  }
}

function close(target: object, how: Closing): void {
  (Object[how] as (target: object) => void)(target);
}

/** When all is on them. */
function closeFunctions(patches: readonly Patch[], values: readonly unknown[]): void {
  for (const patch of patches) {
    if (patch.kind !== 'closed') continue;
    for (const target of patch.targets) if (typeof target === 'number') close(values[target] as object, patch.how);
  }
}

function prototypeOf(of: Prototype, values: readonly unknown[]): object | null {
  if (typeof of === 'number') {
    const found = values[of];
    return (typeof found === 'function' ? found.prototype : found) as object;
  }
  return of === null ? null : sharedPrototype(of);
}

/** By the builtin methods: the target may have got a subclass's prototype already. */
function enter(target: object, entries: readonly unknown[]): void {
  if (target instanceof Set) for (const value of entries) Set.prototype.add.call(target, value);
  else if (target instanceof WeakSet) for (const value of entries) WeakSet.prototype.add.call(target, value as object);
  else if (target instanceof WeakMap)
    for (let i = 0; i < entries.length; i += 2) WeakMap.prototype.set.call(target, entries[i] as object, entries[i + 1]);
  else for (let i = 0; i < entries.length; i += 2) Map.prototype.set.call(target as Map<unknown, unknown>, entries[i], entries[i + 1]);
}

function setOwn(target: object, own: Properties, values: readonly unknown[]): void {
  for (const [i, name] of own.names.entries()) {
    const key = typeof name === 'number' ? (values[name] as symbol) : name;
    const how = { enumerable: i >= own.hidden, configurable: own.fixed?.includes(i) !== true };
    if (own.accessors?.includes(i) === true) {
      const [get, set] = own.values[i] as [() => unknown, (value: unknown) => void];
      Object.defineProperty(target, key, { get, set, ...how });
    } else if (types.isRegExp(target) && key === 'lastIndex') (target as RegExp).lastIndex = own.values[i] as number;
    else Object.defineProperty(target, key, { value: own.values[i], writable: own.readOnly?.includes(i) !== true, ...how });
  }
}

/** Innermost first: specials are numbered as they were met, so what a function captures comes after it. */
function fillFunctions(specials: readonly Special[], rebuilt: readonly (Rebuilt | undefined)[]): void {
  for (const [i, special] of [...specials.entries()].reverse()) {
    if (special.kind === 'function' && special.captures !== undefined) rebuilt[i]?.fill(special.captures);
  }
}
