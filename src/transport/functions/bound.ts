/**
 * Bound functions: target, `this` and arguments cross each by its own way. Only the inspector sees into one.
 */
import type { AnyFunction } from '../any-function.js';
import { mayBeAtHomeIn } from '../closures/outer.js';
import type { Described } from '../described.js';
import { boundParts } from '../inspect/bound.js';
import { inspectorAvailable } from '../inspect/session.js';
import { nextId } from './ids.js';
import { ownName } from './members.js';

/** Undefined if `fn` is not a bound function, or nobody can tell. Its parts cannot change: they are read once. Cost: 0.1 ms. */
export function describeBound(fn: AnyFunction): Described | undefined {
  if (!inspectorAvailable()) return undefined;
  const parts = boundParts(fn);
  if (parts === undefined) return undefined;
  const { target, thisArg, args } = parts;
  mayBeAtHomeIn(target, thisArg);
  return shaped(ownName(fn), () => partsAsCaptures(target, thisArg, args));
}

/** What bound functions and partials have in common: `captures` are target, `this`, arguments. */
export function shaped(name: string, captures: Described['captures'], isNamed = false): Described {
  const key = isNamed ? `named ${name}` : `bound ${name}`;
  // One description serves all of a name: what differs is in the captures, which cross at each call.
  const id = shapes.get(key) ?? nextId();
  shapes.set(key, id);
  return { id, description: { way: 'bound', name, named: isNamed }, captures };
}

export function partsAsCaptures(target: AnyFunction, thisArg: unknown, args: readonly unknown[]) {
  return [
    { name: 'target', value: target },
    { name: 'this', value: thisArg },
    ...args.map((value, index) => ({ name: `bound argument ${index + 1}`, value })),
  ];
}

const shapes = new Map<string, number>();
