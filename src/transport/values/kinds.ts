/**
 * What an object really is: by its insides (V8's own tests), never by its prototype, which anybody can set.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { types } from 'node:util';
import { MessagePort } from 'node:worker_threads';
import type { AnyFunction } from '../any-function.js';
import { isNative } from '../functions/fingerprint.js';
import { standardObjectPath } from '../functions/standard-objects.js';
import { isNatural } from './prototypes.js';
import { isOfRemade, remadeBy } from './remade.js';
import { isTransferOnly } from './transfer.js';

export type Kind =
  | 'object'
  | 'array'
  | 'map'
  | 'set'
  | 'date'
  | 'regexp'
  | 'error'
  | 'boxed'
  | 'view'
  | 'buffer'
  | 'memory'
  | 'url'
  | 'search'
  | 'exception'
  /** A builtin that shows all that it takes to make it anew: a TextDecoder, an Intl.NumberFormat, a File. */
  | 'remade'
  /** Node's own object that structured clone knows: a Blob, a KeyObject, a BlockList. */
  | 'platform'
  /** The like that can only move: a MessagePort, a stream, a FileHandle. */
  | 'movable'
  | 'namespace'
  /** What may stand for something that the thread has by itself: a proxy, a test runner's module namespace. Else it is copied. */
  | 'stand-in'
  /** What has state that nobody can read: see `whyNot`. */
  | 'opaque';

export function kindOf(value: object): Kind {
  if (types.isProxy(value)) return isArrayProxy(value) ? 'array' : 'stand-in';
  if (Array.isArray(value)) return 'array';
  if (standardObjectPath(value) !== undefined) return 'stand-in';
  const prototype = Object.getPrototypeOf(value) as object | null;
  // All but a few; and whoever gave a Map this prototype wants it taken for an object.
  if (prototype === Object.prototype) return types.isArgumentsObject(value) ? 'array' : 'object';
  if (prototype === null) return kindOfBare(value);
  if (ordinary.has(prototype)) return 'object';
  const kind = kindByInsides(value);
  if (kind === 'object' && Object.getPrototypeOf(prototype) === Object.prototype && !isNatural(prototype) && !isOfRemade(prototype))
    ordinary.add(prototype);
  return kind;
}

/** Prototypes of base classes whose instances are known to be plain inside: they come by the thousand. */
const ordinary = new WeakSet<object>();

function kindOfBare(value: object): Kind {
  if (types.isModuleNamespaceObject(value)) return 'namespace';
  return Object.hasOwn(value, Symbol.toStringTag) && Reflect.get(value, Symbol.toStringTag) === 'Module' ? 'stand-in' : 'object';
}

function kindByInsides(value: object): Kind {
  if (ArrayBuffer.isView(value)) return Buffer.isBuffer(value) ? 'buffer' : 'view';
  if (types.isAnyArrayBuffer(value)) return 'memory';
  if (types.isMap(value)) return 'map';
  if (types.isSet(value)) return 'set';
  if (types.isDate(value)) return 'date';
  if (types.isRegExp(value)) return 'regexp';
  if (types.isNativeError(value)) return hasBrand(value, DOMException.prototype, 'code') ? 'exception' : 'error';
  if (types.isBoxedPrimitive(value)) return types.isSymbolObject(value) ? 'opaque' : 'boxed';
  if (whyNot(value) !== undefined) return 'opaque';
  return kindOfInstance(value);
}

/** A revoked proxy throws at every question. */
function isArrayProxy(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function kindOfInstance(value: object): Kind {
  if (hasBrand(value, URL.prototype, 'href')) return 'url';
  if (hasBrand(value, URLSearchParams.prototype, 'size')) return 'search';
  if (hasBrand(value, DOMException.prototype, 'code')) return 'exception';
  if (remadeBy(value) !== undefined) return 'remade';
  if (value instanceof MessagePort) return 'movable';
  if (types.isKeyObject(value) || types.isCryptoKey(value) || isWasmModule(value) || cloneSymbol() in value) return 'platform';
  return isTransferOnly(value) ? 'movable' : 'object';
}

/** Why an object with insides of its own cannot cross, and the way out. Undefined for all others. */
export function whyNot(value: object): readonly [what: string, wayOut: string] | undefined {
  for (const [test, what, wayOut] of OPAQUE) if (test(value)) return [what, wayOut];
  return undefined;
}

const ITERATOR = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;

const OPAQUE: readonly (readonly [(value: unknown) => boolean, string, string])[] = [
  [types.isPromise, 'a promise belongs to its own thread', 'await it first'],
  [types.isGeneratorObject, 'a running generator cannot be copied', 'send what it yields, or use run.stream'],
  [types.isWeakMap, 'a WeakMap cannot be read', 'export it from a module, or use a Map'],
  [types.isWeakSet, 'a WeakSet cannot be read', 'export it from a module, or use a Set'],
  [(value) => value instanceof WeakRef, 'a WeakRef holds on to nothing', 'send what it refers to'],
  [isNativeIterator, 'an iterator cannot be copied', 'spread it into an array'],
  [
    (value) => value instanceof AsyncLocalStorage,
    'an AsyncLocalStorage belongs to its own thread',
    "send what it holds, or name it in the executor's context option",
  ],
  // Deno has no such test.
  [(value) => types.isExternal?.(value) ?? false, 'it is native memory', 'make it inside the function'],
  [types.isSymbolObject, 'a boxed symbol is unique to its thread', 'send the symbol itself, made by Symbol.for()'],
];

/** Those of a program's own go on by a function of its own, `extends Iterator` and what Babel makes of generators for ES5 among them. */
function isNativeIterator(value: unknown): boolean {
  if (!Object.prototype.isPrototypeOf.call(ITERATOR, value as object)) return false;
  const next = nextOf(value as object);
  return typeof next === 'function' && isNative(next as AnyFunction);
}

function nextOf(value: object): unknown {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const property = Object.getOwnPropertyDescriptor(at, 'next');
    if (property !== undefined) return property.value;
  }
  return undefined;
}

/** Whether the prototype's getter accepts it: the only test for what hides its state in private fields. */
function hasBrand(value: object, prototype: object, getter: string): boolean {
  if (!Object.prototype.isPrototypeOf.call(prototype, value)) return false;
  try {
    Object.getOwnPropertyDescriptor(prototype, getter)?.get?.call(value);
    return true;
  } catch {
    return false;
  }
}

function isWasmModule(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object WebAssembly.Module]' && !Object.hasOwn(value, Symbol.toStringTag);
}

let symbol: symbol | undefined;

/** Node marks its cloneable classes by a symbol that it exports nowhere, and that Blob shows; if the program has not taken that away. */
function cloneSymbol(): symbol {
  symbol ??= symbolsOfBlob().find(({ description }) => description === 'messaging_clone_symbol') ?? Symbol('none');
  return symbol;
}

function symbolsOfBlob(): symbol[] {
  return typeof Blob === 'undefined' ? [] : Object.getOwnPropertySymbols(Blob.prototype);
}
