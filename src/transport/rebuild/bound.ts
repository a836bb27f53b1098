/**
 * Bound functions and partials in a thread: the shell first, its parts when the call's values are decoded.
 */
import type { AnyFunction } from '../any-function.js';
import type { Rebuilt } from '../described.js';
import { matchNamed } from '../functions/named.js';
import { type PartialParts, partialParts, rememberParts } from '../functions/partial-parts.js';
import type { BoundFunction } from '../protocol.js';
import { fillSlot } from './recipe.js';

export function rebuildBound({ name, length, named = false, gets = false, slots = [], member }: BoundFunction): Rebuilt {
  // A `function`, not an arrow: bound classes are called with `new` too.
  const isFree = member?.isFree === true;
  const inner = function (this: unknown, ...rest: unknown[]): unknown {
    const { target, thisArg, args, isNamed } = partialParts(fn) as PartialParts;
    if (gets) return Reflect.apply(Reflect.apply(target, thisArg, []) as AnyFunction, undefined, rest);
    const all = [...(isNamed ? matchNamed(target, args[0] as Record<string, unknown>) : args), ...rest];
    return new.target === undefined
      ? Reflect.apply(target, isFree ? this : thisArg, all)
      : (Reflect.construct(target, all, new.target === inner ? target : new.target) as unknown);
  };
  // What is native there is native here: `instanceof` asks the target, and there is no prototype.
  const fn: AnyFunction = length === undefined || isFree ? inner : inner.bind(undefined);
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  if (length !== undefined) Object.defineProperty(fn, 'length', { value: length, configurable: true });
  // Known as a partial here too: its parameters can be matched, and it can be passed on.
  const fill = ([target, thisArg, ...others]: readonly unknown[]): void => {
    const args = others.slice(0, others.length - slots.length);
    if (length !== undefined && !isFree)
      Reflect.set(inner, 'prototype', member === undefined ? (target as AnyFunction).prototype : undefined);
    const parts = { target: target as AnyFunction, thisArg, args, isNamed: named };
    rememberParts(fn, member === undefined ? parts : ofMember(parts, member));
    for (const [index, slot] of slots.entries()) fillSlot(slot, others[args.length + index], { fn });
  };
  return { fn, fill };
}

/** Read when it is called: what was put onto the class since it was made is in its place by then. */
function ofMember(parts: PartialParts, { key, isStatic }: NonNullable<BoundFunction['member']>): PartialParts {
  const { target: owner, ...others } = parts;
  return {
    ...others,
    get target() {
      return Reflect.get(isStatic ? owner : (owner.prototype as object), key) as AnyFunction;
    },
  };
}

/** For one on its way back: there it is whole, and its parts need not go. */
export const BOUND: BoundFunction = { way: 'bound', name: '' };
