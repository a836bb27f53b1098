/**
 * The WeakMaps and WeakSets beside a class: what compilers make of its `#private` names, and what classes are given by hand. A thread
 * has its own of a class that crosses by reference, and in them nothing of an instance that comes from here.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { boundParts } from '../inspect/bound.js';
import { lookAt } from '../inspect/look.js';
import { inspectorAvailable } from '../inspect/session.js';
import { noticeExported } from './exported-symbols.js';
import { remindOf } from './kept-private.js';
import { dataIn, pathIn } from './scope-paths.js';

/** Cost: a look at a class, once. */
export function privateStores(type: AnyFunction): readonly object[] {
  let stores = known.get(type);
  if (stores === undefined) {
    stores = inspectorAvailable() ? storesAround(type) : [];
    known.set(type, stores);
  }
  return stores;
}

/** Of symbols under which instances keep state: the module of the class, of one that it extends, or of a method, has them in variables, mostly. */
export function noticeSymbols(type: AnyFunction, symbols: readonly symbol[]): void {
  if (!inspectorAvailable()) return;
  for (const each of withBases(type)) {
    const seen = noticed.get(each) ?? new Set();
    const unseen = seen.size > MOST_SYMBOLS ? [] : symbols.filter((symbol) => !seen.has(symbol));
    if (unseen.length === 0) continue;
    remindOfThose(boundParts(each)?.target ?? each, unseen);
    if (!noticed.has(each)) last = [new WeakRef(each), ...last].slice(0, MOST_LAST);
    noticed.set(each, new Set([...seen, ...unseen]));
  }
}

/** Of a plain object that leads to no module: mostly, it is a part of the instances that were met last. */
export function noticeLooseSymbols(symbols: readonly symbol[]): void {
  for (const symbol of symbols) noticeExported(symbol);
  for (const type of last.map((each) => each.deref())) if (type !== undefined) noticeSymbols(type, symbols);
}

function* withBases(type: AnyFunction): Generator<AnyFunction> {
  yield type;
  let level: unknown = type.prototype;
  while (typeof level === 'object' && level !== null) {
    level = Object.getPrototypeOf(level);
    const base: unknown =
      typeof level === 'object' && level !== null ? Object.getOwnPropertyDescriptor(level, 'constructor')?.value : undefined;
    if (typeof base === 'function') yield base as AnyFunction;
  }
}

function remindOfThose(type: AnyFunction, symbols: readonly symbol[]): void {
  const { place, scopes } = lookAt(type);
  if (place === undefined) return;
  const all = scopes();
  for (const symbol of symbols) {
    if (all.some(({ variables }) => pathIn(variables, symbol) !== undefined)) remindOf(symbol, place.scriptId, all);
  }
}

function storesAround(type: AnyFunction): readonly object[] {
  const look = lookAt(type);
  if (look.place === undefined) return [];
  const scopes = look.scopes().filter(({ kind }) => kind !== 'Global');
  const stores: object[] = [];
  for (const { variables } of scopes) {
    for (const [, value] of dataIn(variables)) {
      if (types.isWeakMap(value) || types.isWeakSet(value)) {
        stores.push(value);
        remindOf(value, look.place.scriptId, scopes);
      }
    }
  }
  return stores;
}

const known = new WeakMap<AnyFunction, readonly object[]>();
let last: readonly WeakRef<AnyFunction>[] = [];
/** A guess. */
const MOST_LAST = 8;
/** Of one class: more are made as the program runs, and no variables hold them. A guess. */
const MOST_SYMBOLS = 100;
const noticed = new WeakMap<AnyFunction, ReadonlySet<symbol>>();
