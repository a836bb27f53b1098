/**
 * Bound functions: target, `this` and arguments cross each by its own way. Only the inspector sees into one.
 */
import type { AnyFunction } from '../any-function.js';
import { mayBeAtHomeIn } from '../closures/outer.js';
import { ownReaders } from '../closures/own-state.js';
import type { Capture, Describe, Described } from '../described.js';
import { isNative } from '../functions/fingerprint.js';
import { nextId } from '../functions/ids.js';
import { ownName } from '../functions/members.js';
import { boundParts } from '../inspect/bound.js';
import { makerOf } from '../inspect/maker.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { BoundFunction } from '../protocol.js';
import { homeAround, homeOfPrivate } from './member.js';

/** Undefined if `fn` is not a bound function, or nobody can tell. Its parts cannot change: they are read once. Cost: 0.1 ms. */
export function describeBound(fn: AnyFunction, describe: Describe): Described | undefined {
  if (!inspectorAvailable()) return undefined;
  const parts = boundParts(fn);
  if (parts === undefined) return describeMade(fn);
  const { target, thisArg, args } = parts;
  mayBeAtHomeIn(target, thisArg);
  const own = ownReaders(fn);
  const home = homeOfPrivate(target, thisArg, describe);
  const captures = (): readonly Capture[] => partsAsCaptures(home?.owner ?? target, thisArg, args);
  const shape = { member: home?.member, length: lengthOf(fn) };
  if (own.length === 0) return shaped(ownName(fn), captures, shape);
  const slots = own.map(({ slot }) => slot);
  return shaped(ownName(fn), () => [...captures(), ...own.map(({ name, read }) => ({ name, value: read(fn) }))], { slots, ...shape });
}

/** A static method that is not bound: only its class can use the private names in it. */
export function describeStatic(fn: AnyFunction): Described | undefined {
  const home = homeAround(fn);
  return (
    home &&
    shaped(ownName(fn), () => partsAsCaptures(home.owner, undefined, []), {
      member: { ...home.member, isFree: true },
      length: lengthOf(fn),
    })
  );
}

function lengthOf(fn: AnyFunction): number {
  return Number(Object.getOwnPropertyDescriptor(fn, 'length')?.value ?? 0);
}

/** `const { compare } = new Intl.Collator('de')`: bound in all but name. */
function describeMade(fn: AnyFunction): Described | undefined {
  const made = isNative(fn) ? makerOf(fn) : undefined;
  if (made === undefined) return undefined;
  return shaped('', () => partsAsCaptures(made.getter, made.owner, []), { gets: true });
}

/** What bound functions and partials have in common: `captures` are target, `this`, arguments. */
export function shaped(
  name: string,
  captures: Described['captures'],
  shape: Pick<BoundFunction, 'named' | 'slots' | 'gets' | 'length' | 'member'> = {},
): Described {
  const key = `${JSON.stringify(shape)} ${name}`;
  // One description serves all of a name: what differs is in the captures, which cross at each call.
  const id = shapes.get(key) ?? nextId();
  shapes.set(key, id);
  return { id, description: { way: 'bound', name, ...shape }, captures };
}

export function partsAsCaptures(target: AnyFunction, thisArg: unknown, args: readonly unknown[]): readonly Capture[] {
  return [
    { name: 'target', value: target },
    { name: 'this', value: thisArg },
    ...args.map((value, index) => ({ name: `bound argument ${index + 1}`, value })),
  ];
}

const shapes = new Map<string, number>();
