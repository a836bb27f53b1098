/**
 * A thread's table of functions: what each number of the calling side stands for here.
 *
 *   load(id, description)  once a thread, before the first call that needs it
 *   rebuild(id)            at each call: the shell of the function, to be filled with its captures
 */

import type { AnyFunction } from '../any-function.js';
import type { Rebuild, Rebuilt } from '../described.js';
import { isPromise } from '../own/own-globals.js';
import type { FunctionDescription } from '../protocol.js';
import { BOUND, rebuildBound } from './bound.js';
import { callbackTo } from './callback-stub.js';
import { rebuildEach } from './each.js';
import { find } from './find.js';
import { importedFirst } from './imported-first.js';
import { inheritLoader } from './inherited-loader.js';
import { loadMembers } from './members.js';
import { MissingFunction } from './missing.js';
import { loadRecipe } from './recipe.js';
import { resolveStandIn } from './recipe-supplies.js';
import type { Give } from './stand-in.js';

/** At once, unless a module has to be imported. Fails with MissingFunction, or with what the module throws. */
export function load(id: number, description: FunctionDescription): void | Promise<void> {
  if (description.way !== 'name') inheritLoader();
  const first = description.way === 'value' ? importedFirst(description.first) : importedFirst();
  const loading =
    first === undefined || description.way === 'name' ? loaderOf(id, description) : first.then(() => loaderOf(id, description));
  if (!isPromise(loading)) return void table.set(id, loading);
  return loading.then((rebuild) => void table.set(id, rebuild));
}

/** `id` is loaded. `self` is the number of this one function, for results that hand it back; `home` the class inside of which it is made. */
export function rebuild(id: number, self?: number, home?: AnyFunction): Rebuilt {
  const known = table.get(id);
  if (known === undefined) throw new Error(`Function ${id} was not loaded. This is a bug in run-in-executor`);
  const rebuilt = known(home);
  if (self !== undefined) places.set(rebuilt.fn, { id: self, description: places.get(rebuilt.fn)?.description ?? BOUND });
  return rebuilt;
}

export function forget(ids: readonly number[]): void {
  for (const id of ids) table.delete(id);
}

/** The description of a function that this thread has by name or reference: how it goes back in a result. */
export function descriptionOf(fn: AnyFunction): { readonly id: number; readonly description: FunctionDescription } | undefined {
  return places.get(fn);
}

function loaderOf(id: number, description: FunctionDescription): Rebuild | Promise<Rebuild> {
  switch (description.way) {
    case 'name':
    case 'reference': {
      const found = find(description);
      return isPromise(found) ? found.then((fn) => same(id, description, fn)) : same(id, description, found);
    }
    case 'callback':
      return same(id, description, callbackTo(id, description.name));
    case 'each':
      return rebuildEach(description, rebuild);
    case 'members':
      return loadMembers(id, description, rebuild);
    case 'bound':
      return () => rebuildBound(description);
    case 'object': {
      const loading = resolveStandIn(description.standIn);
      return isPromise(loading) ? loading.then((give) => given(id, description, give)) : given(id, description, loading);
    }
    case 'value': {
      const loading = loadRecipe(description);
      return isPromise(loading) ? loading.then((make) => placed(id, description, make)) : placed(id, description, loading);
    }
  }
}

/** What comes back in a result is known at home by the number that it came under. */
function placed(id: number, description: FunctionDescription, make: Rebuild): Rebuild {
  return (home) => {
    const rebuilt = make(home);
    places.set(rebuilt.fn, { id, description });
    return rebuilt;
  };
}

/** An object takes a function's place in the table: the special that asks for it is another. */
function given(id: number, description: FunctionDescription, give: Give): Rebuild {
  const value = give();
  if (value === undefined) throw new MissingFunction(id, JSON.stringify(description));
  if (typeof value === 'function') return same(id, description, value as AnyFunction);
  return () => ({ fn: give() as AnyFunction, fill: () => undefined });
}

function same(id: number, description: FunctionDescription, fn: AnyFunction | undefined): Rebuild {
  if (fn === undefined) throw new MissingFunction(id, JSON.stringify(description));
  places.set(fn, { id, description });
  const rebuilt: Rebuilt = { fn, fill: () => undefined };
  return () => rebuilt;
}

const table = new Map<number, Rebuild>();
const places = new WeakMap<AnyFunction, { readonly id: number; readonly description: FunctionDescription }>();
