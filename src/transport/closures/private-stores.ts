/**
 * The WeakMaps and WeakSets beside a class: what compilers make of its `#private` names, and what classes are given by hand. A thread
 * has its own of a class that crosses by reference, and in them nothing of an instance that comes from here.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { boundParts } from '../inspect/bound.js';
import { lookAt } from '../inspect/look.js';
import { inspectorAvailable } from '../inspect/session.js';
import { remindOf } from './kept-private.js';
import { read } from './scope-paths.js';

/** Cost: a look at a class, once. */
export function privateStores(type: AnyFunction): readonly object[] {
  let stores = known.get(type);
  if (stores === undefined) {
    stores = inspectorAvailable() ? storesAround(type) : [];
    known.set(type, stores);
  }
  return stores;
}

/** Of symbols under which instances keep state: the module of the class, or of a method, has them in variables, mostly. */
export function noticeSymbols(type: AnyFunction, symbols: readonly symbol[]): void {
  if (noticed.has(type) || !inspectorAvailable()) return;
  noticed.add(type);
  const { place, scopes } = lookAt(boundParts(type)?.target ?? type);
  if (place !== undefined) for (const symbol of symbols) remindOf(symbol, place.scriptId, scopes());
}

function storesAround(type: AnyFunction): readonly object[] {
  const look = lookAt(type);
  if (look.place === undefined) return [];
  const scopes = look.scopes().filter(({ kind }) => kind !== 'Global');
  const stores: object[] = [];
  for (const { variables } of scopes) {
    for (const name of Object.keys(variables)) {
      const value = read(variables, name);
      if (types.isWeakMap(value) || types.isWeakSet(value)) {
        stores.push(value);
        remindOf(value, look.place.scriptId, scopes);
      }
    }
  }
  return stores;
}

const known = new WeakMap<AnyFunction, readonly object[]>();
const noticed = new WeakSet<AnyFunction>();
