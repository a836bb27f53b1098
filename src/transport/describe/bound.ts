/**
 * Bound functions: target, `this` and arguments cross each by its own way. Only the inspector sees into one.
 */
import type { AnyFunction } from '../any-function.js';
import { mayBeAtHomeIn } from '../closures/outer.js';
import { ownReaders } from '../closures/own-state.js';
import type { Capture, Described } from '../described.js';
import { isNative } from '../functions/fingerprint.js';
import { nextId } from '../functions/ids.js';
import { ownName } from '../functions/members.js';
import { boundParts } from '../inspect/bound.js';
import { makerOf } from '../inspect/maker.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { BoundFunction } from '../protocol.js';

/** Undefined if `fn` is not a bound function, or nobody can tell. Its parts cannot change: they are read once. Cost: 0.1 ms. */
export function describeBound(fn: AnyFunction): Described | undefined {
  if (!inspectorAvailable()) return undefined;
  const parts = boundParts(fn);
  if (parts === undefined) return describeMade(fn);
  const { target, thisArg, args } = parts;
  mayBeAtHomeIn(target, thisArg);
  const own = ownReaders(fn);
  const captures = (): readonly Capture[] => partsAsCaptures(target, thisArg, args);
  const length = Number(Object.getOwnPropertyDescriptor(fn, 'length')?.value ?? 0);
  if (own.length === 0) return shaped(ownName(fn), captures, { length });
  const slots = own.map(({ slot }) => slot);
  return shaped(ownName(fn), () => [...captures(), ...own.map(({ name, read }) => ({ name, value: read(fn) }))], { slots, length });
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
  shape: Pick<BoundFunction, 'named' | 'slots' | 'gets' | 'length'> = {},
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
