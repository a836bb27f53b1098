/**
 * Whose function it is that an accessor of Intl made: `const { compare } = new Intl.Collator('de')`. Nothing leads from it to its object,
 * so V8 lists the objects of the kind, and each is asked for its function.
 */
import type { AnyFunction } from '../any-function.js';
import { handleOf, liveValue } from './handover.js';
import { inspectorAvailable, post } from './session.js';

export interface Made {
  readonly getter: AnyFunction;
  readonly owner: object;
}

/** Undefined for all others. Cost: V8 collects garbage for the list, 10 to 50 ms and 5 ms a MiB in use; once a function. */
export function makerOf(fn: AnyFunction): Made | undefined {
  if (fn.name !== '' || Object.hasOwn(fn, 'prototype') || !inspectorAvailable() || isHeapLarge()) return undefined;
  for (const [type, key, length] of ACCESSORS) {
    const getter: unknown = Object.getOwnPropertyDescriptor(type.prototype, key)?.get;
    if (fn.length !== length || typeof getter !== 'function') continue;
    const owner = instancesOf(type.prototype).find((each) => isMadeBy(getter as AnyFunction, each, fn));
    if (owner !== undefined) return { getter: getter as AnyFunction, owner };
  }
  return undefined;
}

function isMadeBy(getter: AnyFunction, owner: object, fn: AnyFunction): boolean {
  try {
    return Reflect.apply(getter, owner, []) === fn;
  } catch {
    // It only inherits from the prototype.
    return false;
  }
}

function instancesOf(prototype: object): readonly object[] {
  const { objects } = post('Runtime.queryObjects', { prototypeObjectId: handleOf(prototype), objectGroup: 'run-in-executor' });
  const { objectId } = objects;
  return objectId === undefined ? [] : (liveValue(objectId, 'function (exchange) { exchange.handed = Array.from(this) }') as object[]);
}

function isHeapLarge(): boolean {
  return process.memoryUsage().heapUsed > LARGEST_HEAP;
}

type Accessor = readonly [type: { readonly prototype: object }, key: string, length: number];

/** None in a Node that was built without them, or where the program has taken `Intl` away. */
const ACCESSORS: readonly Accessor[] =
  typeof Intl === 'undefined'
    ? []
    : [
        [Intl.Collator, 'compare', 2],
        [Intl.NumberFormat, 'format', 1],
        [Intl.DateTimeFormat, 'format', 1],
      ];

/** Bytes; beyond, the list would take a second. */
const LARGEST_HEAP = 256 * 2 ** 20;
