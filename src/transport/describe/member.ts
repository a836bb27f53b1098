/**
 * A method that uses a private name (`#x`) means something in its class alone: the class goes, and the thread takes the method out of it.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { Environment } from '../closures/environment.js';
import { type Describe, usesPrivateName } from '../described.js';
import { sourceOf } from '../functions/fingerprint.js';
import { scopesOf } from '../inspect/look.js';
import type { BoundFunction } from '../protocol.js';

export interface Home {
  readonly owner: AnyFunction;
  readonly member: NonNullable<BoundFunction['member']>;
}

/** Of a method that could not go by itself: the class from which `thisArg` has it. */
export function homeOfPrivate(method: AnyFunction, thisArg: unknown, describe: Describe): Home | undefined {
  if (!sourceOf(method).includes('#')) return undefined;
  try {
    describe(method);
    return undefined;
  } catch (error) {
    // Whatever else is wrong, the walk over the parts finds again, and knows the path to it.
    return usesPrivateName(error) ? homeIn(thisArg, method) : undefined;
  }
}

/** Of a static method without `this`: a class that a variable around it holds, by which it gets at the private member. */
export function homeAround(method: AnyFunction): Home | undefined {
  for (const value of new Environment(scopesOf(method)).values()) {
    const home = typeof value === 'function' && !types.isProxy(value) ? memberOf(value, method) : undefined;
    if (home !== undefined) return home;
  }
  return undefined;
}

function homeIn(thisArg: unknown, method: AnyFunction): Home | undefined {
  for (let holder = thisArg; isHolder(holder); holder = Object.getPrototypeOf(holder)) {
    const home = memberOf(holder, method);
    if (home !== undefined) return home;
  }
  return undefined;
}

function memberOf(holder: object, method: AnyFunction): Home | undefined {
  const key = Object.getOwnPropertyNames(holder).find((name) => valueAt(holder, name) === method);
  if (key === undefined) return undefined;
  if (typeof holder === 'function') return { owner: holder as AnyFunction, member: { key, isStatic: true } };
  const owner = valueAt(holder, 'constructor');
  return typeof owner === 'function' && valueAt(owner, 'prototype') === holder
    ? { owner: owner as AnyFunction, member: { key, isStatic: false } }
    : undefined;
}

function valueAt(holder: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}

/** A proxy's traps are not to run for it. */
function isHolder(value: unknown): value is object {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && !types.isProxy(value);
}
