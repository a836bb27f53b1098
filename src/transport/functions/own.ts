/**
 * This library's own functions and objects: a thread has them under the same address, wherever they are met. Looking for it would find it too,
 * but not in test runners that load the files of a repository in ways of their own.
 */

import type { AnyFunction } from '../any-function.js';
import { inAllCopies } from '../own/all-copies.js';
import { OWN_HOME } from '../own/own-home.js';
import type { ReferencedFunction, StandIn } from '../protocol.js';

/** `entry` is the file of the built package that exports it as `name`. */
export function ownFunction<F extends AnyFunction>(fn: F, name: string, entry = 'src/index.js'): F {
  if (OWN_HOME !== undefined) places.set(fn, { way: 'reference', module: OWN_HOME + entry, path: [name], loader: 'import' });
  return fn;
}

export function ownPlace(fn: AnyFunction): ReferencedFunction | undefined {
  return places.get(fn);
}

/** The package exports `type`, a class: with these options, it makes what stands for the object in a thread. */
export function ownObject(object: object, type: string, options: object): void {
  if (OWN_HOME !== undefined) objects.set(object, { what: 'own', type, options });
}

export function ownStandIn(object: object): StandIn | undefined {
  return objects.get(object);
}

/** In a thread: `object` stands for one of the calling side. */
export function standsIn<T extends object>(object: T): T {
  standIns.add(object);
  return object;
}

export function isStandIn(object: object): boolean {
  return standIns.has(object);
}

const standIns = new WeakSet<object>();
const objects = inAllCopies('objects', () => new WeakMap<object, StandIn>());
const places = inAllCopies('functions', () => new WeakMap<AnyFunction, ReferencedFunction>());
