/**
 * A call that crosses from this thread to itself: copied, and its functions made again, as in any other.
 */
import { type Call, holdCall } from './call.js';
import type { Described, Rebuilt } from './described.js';
import { functionOf } from './functions/ids.js';
import type { Packed } from './protocol.js';
import { rebuildBound } from './rebuild/bound.js';
import { loadRecipe } from './rebuild/recipe.js';
import { decode } from './values/decode.js';

export async function callHere(call: Call): Promise<unknown> {
  holdCall(call);
  const { fn: id, packed, payload, descriptions } = call.encoded;
  const rebuilders = new Map<number, () => Rebuilt>();
  for (const described of descriptions) rebuilders.set(described.id, await rebuilderOf(described));
  const rebuild = (number: number) => (rebuilders.get(number) as () => Rebuilt)();
  const copy = structuredClone(payload);
  const value = packed ? decode(copy as Packed, { rebuild }) : copy;
  const [fn, args] = id === 0 ? (value as [Function, unknown[]]) : [rebuild(id).fn, value as unknown[]];
  return Reflect.apply(fn, undefined, args);
}

/** What a thread would find by name or by reference is here already. */
async function rebuilderOf({ id, description }: Described): Promise<() => Rebuilt> {
  if (description.way === 'bound') return () => rebuildBound(description);
  if (description.way === 'value') return loadRecipe(description);
  const fn = functionOf(id);
  if (fn === undefined) throw new Error(`Function ${id} is gone. This is a bug in run-in-executor`);
  return () => ({ fn, fill: () => undefined });
}
