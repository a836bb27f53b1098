/**
 * The language's own functions that no plain name reaches: getters (`Map.prototype.size`), methods under symbols, those of iterators and
 * of classes that have no global (`%TypedArray%`). Packages keep them in variables, to be safe from whoever replaces a global's methods.
 */
import type { AnyFunction } from '../any-function.js';
import { nodesGlobal } from '../own/nodes-realm.js';
import { standardGlobals } from './standard-globals.js';

/** The root of these names, beside `globalThis` and `node:…`. */
export const INTRINSIC = 'intrinsic';

/** `get Map.prototype.size`, `%TypedArray%.prototype[Symbol.iterator]`. Cost: 1 ms once. */
export function intrinsicName(fn: AnyFunction): string | undefined {
  return index().names.get(fn);
}

/** The other way. */
export function intrinsic(name: string): AnyFunction | undefined {
  return index().functions.get(name);
}

function index(): Index {
  if (known !== undefined) return known;
  known = { names: new Map(), functions: new Map() };
  enterRealm(known, globalThis);
  // Node's own functions hold on to those of its realm.
  if (nodesGlobal() !== globalThis) enterRealm(known, nodesGlobal());
  for (const [name, root] of unnamed()) enterRoot(known, name, root);
  return known;
}

function enterRealm(index: Index, realm: object): void {
  for (const name of standardGlobals) {
    // Getters load what they stand for; nobody has it who has not asked.
    const value: unknown = Object.getOwnPropertyDescriptor(realm, name)?.value;
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') enterRoot(index, name, value);
    if (name !== 'Intl' || typeof value !== 'object' || value === null) continue;
    for (const [type, { value: inner }] of Object.entries(Object.getOwnPropertyDescriptors(value)) as [string, { value?: unknown }][]) {
      if (typeof inner === 'function') enterRoot(index, `Intl.${type}`, inner);
    }
  }
}

function enterRoot(index: Index, name: string, root: object): void {
  if (typeof root === 'function') enterFunction(index, name, root as AnyFunction);
  enter(index, name, root);
  const prototype: unknown = Object.getOwnPropertyDescriptor(root, 'prototype')?.value;
  // `Function.prototype` is a function.
  if ((typeof prototype === 'object' && prototype !== null) || typeof prototype === 'function')
    enter(index, `${name}.prototype`, prototype);
}

function enter(index: Index, path: string, object: object): void {
  for (const key of Reflect.ownKeys(object)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    const place = typeof key === 'symbol' ? `${path}[${String(key.description)}]` : `${path}.${key}`;
    for (const [name, fn] of [
      [place, value as unknown],
      [`get ${place}`, get],
      [`set ${place}`, set],
    ] as const) {
      if (typeof fn === 'function') enterFunction(index, name, fn as AnyFunction);
    }
  }
}

/** The first name that leads to it; of two realms, the first that has one of that name. */
function enterFunction({ names, functions }: Index, name: string, fn: AnyFunction): void {
  if (names.has(fn)) return;
  names.set(fn, name);
  if (!functions.has(name)) functions.set(name, fn);
}

function* unnamed(): Generator<[string, object]> {
  for (const [name, instance] of Object.entries(withoutGlobal)) {
    for (
      let level: unknown = Object.getPrototypeOf(instance()), depth = 0;
      isUnknown(level);
      level = Object.getPrototypeOf(level), depth++
    ) {
      yield [`%${name}%${'^'.repeat(depth)}`, level];
    }
  }
}

function isUnknown(level: unknown): level is object {
  return level !== null && level !== Object.prototype && level !== Function.prototype;
}

interface Index {
  readonly names: Map<AnyFunction, string>;
  readonly functions: Map<string, AnyFunction>;
}

let known: Index | undefined;

/** Something that inherits from each. */
const withoutGlobal: Record<string, () => object> = {
  TypedArray: () => Uint8Array,
  TypedArrayPrototype: () => Uint8Array.prototype,
  ArrayIterator: () => [].values(),
  MapIterator: () => new Map().values(),
  SetIterator: () => new Set().values(),
  StringIterator: () => ''[Symbol.iterator](),
  RegExpStringIterator: () => ''.matchAll(/x/g),
  Generator: () => (function* () {})(),
  AsyncGenerator: () => (async function* () {})(),
  GeneratorFunction: () => function* () {},
  AsyncGeneratorFunction: () => async function* () {},
  AsyncFunction: () => async () => undefined,
};
