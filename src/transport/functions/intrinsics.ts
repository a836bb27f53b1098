/**
 * The language's own functions that no plain name reaches: getters (`Map.prototype.size`), methods under symbols, those of iterators and
 * of classes that have no global (`%TypedArray%`). Packages keep them in variables, to be safe from whoever replaces a global's methods.
 */
import type { AnyFunction } from '../any-function.js';
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
  for (const [name, root] of roots()) {
    enter(known, name, root);
    const prototype: unknown = Object.getOwnPropertyDescriptor(root, 'prototype')?.value;
    if (typeof prototype === 'object' && prototype !== null) enter(known, `${name}.prototype`, prototype);
  }
  return known;
}

function enter({ names, functions }: Index, path: string, object: object): void {
  for (const key of Reflect.ownKeys(object)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    const place = typeof key === 'symbol' ? `${path}[${String(key.description)}]` : `${path}.${key}`;
    for (const [name, fn] of [
      [place, value as unknown],
      [`get ${place}`, get],
      [`set ${place}`, set],
    ] as const) {
      if (typeof fn !== 'function' || names.has(fn as AnyFunction)) continue;
      names.set(fn as AnyFunction, name);
      functions.set(name, fn as AnyFunction);
    }
  }
}

function* roots(): Generator<[string, object]> {
  for (const name of standardGlobals) {
    // Getters load what they stand for; nobody has it who has not asked.
    const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') yield [name, value];
  }
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
