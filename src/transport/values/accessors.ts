/**
 * Own accessors of objects. In plain data that is passed or returned they are read, as structured clone does. In what a function
 * captures, and where there is behaviour anyway (methods, a class, a prototype), they stay accessors: their functions cross as methods do.
 */
import { sourceOf } from '../functions/fingerprint.js';
import { read, readAll } from './read.js';
import type { Walk } from './walk.js';

/** The own enumerable properties, to be the object's shell; those that stay accessors are noted in `walk.live`. */
export function shallowCopy(walk: Walk, value: object): object {
  if (!walk.options.outbound) return readAll(walk, value);
  const plain = isPlain(value);
  if (!plain || walk.captured || walk.prototypes.has(value)) return liveCopy(walk, value, plain) ?? readAll(walk, value);
  const shell = readAll(walk, value);
  return hasMethods(shell) ? (liveCopy(walk, value, plain) ?? shell) : shell;
}

export function hasMethods(object: object): boolean {
  for (const key in object) if (typeof (object as Record<string, unknown>)[key] === 'function') return true;
  return false;
}

/** Whether a property crosses as the accessor that it is. */
export function staysLive(walk: Walk, value: object, key: PropertyKey): boolean {
  return walk.options.outbound === true && isAccessor(value, key);
}

/** Adds `[getter, setter]`; where they cannot cross, false: the caller reads the property instead. */
export function putAccessor(walk: Walk, values: unknown[], value: object, key: PropertyKey): boolean {
  const { get, set } = Object.getOwnPropertyDescriptor(value, key) ?? {};
  const index = values.length;
  const pair: unknown[] = [];
  const putBoth = (): void => {
    walk.put(pair, 0, get);
    walk.put(pair, 1, set);
  };
  // What a prototype computes has no value of its own.
  if (walk.prototypes.has(value)) putBoth();
  else if (!walk.attempt(putBoth)) return false;
  values[index] = pair;
  return true;
}

/** Undefined where there is no accessor. A literal's getter that may throw is run all the same: refused here, not met in the thread. */
function liveCopy(walk: Walk, value: object, plain: boolean): object | undefined {
  const keys = Object.keys(value);
  const live = keys.filter((key) => isAccessor(value, key));
  if (live.length === 0) return undefined;
  const shell: Record<string, unknown> = {};
  const depth = walk.trail.length;
  for (const key of keys) {
    if (!live.includes(key)) define(shell, key, Object.getOwnPropertyDescriptor(value, key)?.value);
    else {
      // Its place among the keys.
      define(shell, key, undefined);
      walk.trail[depth] = key;
      if (plain && !walk.prototypes.has(value) && mayThrow(value, key)) read(walk, value, key);
    }
  }
  walk.trail.length = depth;
  walk.live.set(value, live);
  return shell;
}

/** By its own words. Any other is left alone: to run it may change what it counts, opens, or puts in its own place. */
function mayThrow(value: object, key: string): boolean {
  const getter = Object.getOwnPropertyDescriptor(value, key)?.get;
  return getter !== undefined && /\bthrow\b/.test(sourceOf(getter));
}

function define(shell: object, key: string, value: unknown): void {
  Object.defineProperty(shell, key, { value, writable: true, enumerable: true, configurable: true });
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function isAccessor(value: object, key: PropertyKey): boolean {
  const property = Object.getOwnPropertyDescriptor(value, key);
  return property !== undefined && !('value' in property);
}
