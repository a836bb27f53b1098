/**
 * The prototypes that both sides have by name: what an object needs to get again after structured clone, without a class being sent.
 */

import * as errors from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { isNative } from '../functions/fingerprint.js';
import { isRecord, recordName, recordPrototype } from './file-records.js';
import { TYPED_ARRAYS } from './typed-arrays.js';

const SHARED = new Map<string, object>([
  ['Buffer', Buffer.prototype],
  // What esbuild and tsx make of a CommonJS module that is a function.
  ['Function', Function.prototype],
  ...builtinErrors(),
  ...Object.entries(errors).map(([name, type]) => [name, type.prototype] as const),
]);

const NAMES = new Map<object, string>([...SHARED].map(([name, prototype]) => [prototype, name]));

/** Those that structured clone gives back by itself, with names for objects that only have such a prototype. */
const NATURAL: ReadonlyMap<unknown, string> = new Map<unknown, string>(
  [
    Object,
    Array,
    Map,
    Set,
    Date,
    RegExp,
    Error,
    Number,
    String,
    Boolean,
    BigInt,
    ArrayBuffer,
    SharedArrayBuffer,
    DataView,
    ...TYPED_ARRAYS,
    URL,
    URLSearchParams,
    DOMException,
    Reflect.get(globalThis, 'Float16Array') ?? Object,
  ].map((type) => [(type as AnyFunction).prototype, type.name] as const),
);

const BY_NAME = new Map<string, unknown>([...NATURAL].map(([prototype, name]) => [name, prototype]));

export function isNatural(prototype: unknown): boolean {
  return NATURAL.has(prototype);
}

/** For what is none of that kind inside, and inherits from it all the same: an error of old code, `Bad.prototype = Error.prototype`. */
export function nameOfNatural(prototype: object): string | undefined {
  return NATURAL.get(prototype);
}

export function nameOfShared(prototype: object): string | undefined {
  return NAMES.get(prototype) ?? recordName(prototype);
}

export function sharedPrototype(name: string): object {
  const prototype = isRecord(name) ? recordPrototype(name) : (SHARED.get(name) ?? BY_NAME.get(name));
  // `Function.prototype` is a function.
  if ((typeof prototype !== 'object' && typeof prototype !== 'function') || prototype === null)
    throw new Error(`No prototype goes by the name ${name}. This is a bug in run-in-executor`);
  return prototype;
}

/**
 * The builtin of this realm for one of another (`node:vm`, Jest): structured clone makes all objects in the receiver's realm anyway.
 * Undefined if the prototype is not a builtin's.
 */
export function builtinTwin(prototype: object): object | undefined {
  const type: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof type !== 'function' || type.prototype !== prototype || !isNative(type)) return undefined;
  const twin: unknown = Reflect.get(globalThis, type.name);
  const found: unknown = typeof twin === 'function' && twin !== type ? twin.prototype : undefined;
  return typeof found === 'object' && found !== null && (NATURAL.has(found) || NAMES.has(found)) ? found : undefined;
}

function builtinErrors(): (readonly [string, object])[] {
  const names = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError', 'SuppressedError'];
  return names.flatMap((name) => {
    const type: unknown = Reflect.get(globalThis, name);
    return typeof type === 'function' ? [[name, type.prototype as object] as const] : [];
  });
}
