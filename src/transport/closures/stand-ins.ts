/**
 * Objects that a thread has by itself, wherever they are met: builtin modules, globals such as `Math` and `process`, what modules
 * export. They are not copied but found again there.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { Module } from 'node:module';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';
import { isImportable } from '../functions/entry.js';
import { fingerprint } from '../functions/fingerprint.js';
import { lastsWith, nextId, numberFor } from '../functions/ids.js';
import { labelOf } from '../functions/label.js';
import { loadedThrough } from '../functions/load-order.js';
import { ownStandIn } from '../functions/own.js';
import { standardObjectPath } from '../functions/standard-objects.js';
import { isObject } from '../is-object.js';
import { ownRequire } from '../own/own-require.js';
import type { FoundStandIn, StandIn } from '../protocol.js';
import { barePrototype } from './bare-prototypes.js';
import { watchTime } from './budget.js';
import { interopFor } from './interop.js';
import { privateCollection, privateFunction, privateObject } from './kept-private.js';
import { exportOf, namespaceFor } from './namespaces.js';
import { outdate } from './shared.js';

/** The name in the description of what is no function. */
export const OBJECT = 'object';

/** For values/: the like of `describe` for objects. */
export function describeObject(value: object | symbol, among?: 'exports' | 'prototypes'): Described | undefined {
  const known = described.get(value);
  if (known !== undefined) return known;
  if (typeof value === 'symbol' && Symbol.keyFor(value) !== undefined) return undefined;
  const found = disproved.has(value)
    ? undefined
    : ((typeof value === 'symbol' ? symbols.get(value) : standInFor(value)) ?? privateFor(value, among));
  const standIn =
    (typeof value === 'symbol' ? undefined : ownStandIn(value)) ??
    found ??
    (value instanceof AsyncLocalStorage ? ({ what: 'store' } as const) : undefined);
  if (standIn === undefined) return undefined;
  const answer: Described = { id: nextId(), description: { way: 'object', name: OBJECT, standIn } };
  described.set(value, answer);
  numbered.set(answer.id, new WeakRef(value));
  lastsWith(value, answer.id);
  return answer;
}

/** Of an instance that no class leads to. */
export function describePrototype(prototype: object | symbol): Described | undefined {
  return describeObject(prototype, 'prototypes') ?? (typeof prototype === 'object' ? describeBarePrototype(prototype) : undefined);
}

/** A prototype without methods, which therefore nothing of its own leads to. */
function describeBarePrototype(prototype: object): Described | undefined {
  const standIn = Reflect.ownKeys(prototype).length > 0 || disproved.has(prototype) ? undefined : barePrototype(prototype);
  if (standIn === undefined) return undefined;
  standsFor(prototype, standIn);
  return describeObject(prototype);
}

function privateFor(value: object | symbol, among: 'exports' | 'prototypes' | undefined): StandIn | undefined {
  if (among !== 'exports' || typeof value === 'symbol') return privateObject(value);
  return privateCollection(value);
}

/** For an object that was found elsewhere: what a module exports as no whole, and without methods that would lead there. */
export function standsFor(value: object, standIn: StandIn): void {
  found.set(value, standIn);
  described.delete(value);
}

/** For a symbol that a class has a member under. */
export function symbolStandIn(symbol: symbol): StandIn {
  const known = describeObject(symbol);
  if (known?.description.way === 'object') return known.description.standIn;
  const standIn: StandIn = { what: 'symbol', id: nextId(), description: symbol.description };
  symbols.set(symbol, standIn);
  // What the call has of it so far is another.
  outdate();
  return standIn;
}

/** The object that a number was given to. */
export function objectOf(id: number): WeakKey | undefined {
  return numbered.get(id)?.deref();
}

/** A function that its importable module does not export. */
export function describePrivate(fn: AnyFunction): Described | undefined {
  watchTime();
  const standIn = privateFunction(fn);
  return standIn && numberFor(fn, { way: 'object', name: labelOf(fn), standIn: { ...standIn, source: fingerprint(fn) } as StandIn });
}

/** A thread has not found the object of this number. */
export function disproveObject(id: number): void {
  const object = numbered.get(id)?.deref();
  numbered.delete(id);
  if (object === undefined) return;
  described.delete(object);
  disproved.add(object);
}

/** What leads a thread to its own. Looked up once an object. */
export function standInFor(value: object): StandIn | undefined {
  const known = found.get(value);
  if (known !== undefined) return known;
  const standIn = moduleFor(value) ?? namespaceFor(value) ?? namespaceOfRequired(value);
  // Only what is found: an object that is nothing yet may become the exports of a module that is still loading.
  if (standIn !== undefined) found.set(value, standIn);
  // Not kept: a mock may be put into it.
  return standIn ?? interopFor(value, moduleFor);
}

function moduleFor(value: object): FoundStandIn | undefined {
  return globalFor(value) ?? builtinFor(value) ?? requiredFor(value);
}

function globalFor(value: object): FoundStandIn | undefined {
  const path = standardObjectPath(value);
  return path && { what: 'global', path };
}

/** `fs`, or the namespace `* as fs`. */
function builtinFor(value: object): FoundStandIn | undefined {
  const isNamespace = types.isModuleNamespaceObject(value);
  const exports: unknown = isNamespace ? exportOf(value, 'default') : value;
  if (!isObject(exports)) return undefined;
  indexBuiltins();
  const name = builtins.get(exports);
  return name === undefined ? undefined : { what: 'import', specifier: `node:${name}`, member: isNamespace ? '*' : 'default' };
}

function requiredFor(value: object): FoundStandIn | undefined {
  if (types.isModuleNamespaceObject(value)) return undefined;
  const files = Object.keys(cache);
  if (files.length !== requiredCount) {
    requiredCount = files.length;
    for (const file of files) {
      const exports: unknown = cache[file]?.exports;
      if (isObject(exports) && !file.endsWith('.json')) required.set(exports, file);
    }
  }
  const file = required.get(value);
  return file === undefined || !isImportable(file) ? undefined : { what: 'required', file, after: loadedThrough(file) };
}

/** What an `import` makes of a CommonJS module: the exports are its default. */
function namespaceOfRequired(value: object): StandIn | undefined {
  const exports: unknown = types.isModuleNamespaceObject(value) ? exportOf(value, 'default') : undefined;
  const found = isObject(exports) && !types.isModuleNamespaceObject(exports) ? requiredFor(exports) : undefined;
  return found?.what === 'required' ? { what: 'import', specifier: pathToFileURL(found.file).href, member: '*' } : undefined;
}

/** Those only that are loaded: nobody holds another, and loading some prints warnings. */
function indexBuiltins(): void {
  const loaded = (process as { moduleLoadList?: readonly string[] }).moduleLoadList ?? [];
  for (; indexedBuiltins < loaded.length; indexedBuiltins++) {
    const name = /^NativeModule (?:node:)?([^_].*)$/.exec(loaded[indexedBuiltins] ?? '')?.[1];
    if (name === undefined || !Module.builtinModules.includes(name) || name === 'sys') continue;
    const exports: unknown = process.getBuiltinModule(name);
    if (isObject(exports)) builtins.set(exports, name);
  }
}

const { cache } = ownRequire;
const builtins = new WeakMap<object, string>();
let indexedBuiltins = 0;
const required = new WeakMap<object, string>();
let requiredCount = -1;
const found = new WeakMap<object, StandIn>();
const symbols = new WeakMap<symbol, StandIn>();
const described = new WeakMap<WeakKey, Described>();
const disproved = new WeakSet<WeakKey>();
const numbered = new Map<number, WeakRef<WeakKey>>();
