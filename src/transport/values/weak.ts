/**
 * WeakMaps and WeakSets that hold private state: what compilers make of `#names`, and what packages do by hand. V8 shows what is in them. They
 * cross with the entries whose keys cross in the same call, for nobody there could ask about others.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { isInstalled } from '../functions/installed.js';
import { isOfBundledPackage } from '../inspect/bundled.js';
import { entriesOf } from '../inspect/weak-entries.js';
import type { FunctionDescription } from '../protocol.js';
import { constructorOf } from './class-state.js';
import { Captured, ProxyPart, type Step } from './trail.js';
import type { Walk } from './walk.js';

/** Those of one walk. */
export class WeakStores {
  readonly #stores: Store[] = [];

  get count(): number {
    return this.#stores.length;
  }

  /** Forgets those that came since. */
  rewind(count: number): void {
    this.#stores.length = count;
  }

  /** The number of a copy; undefined for what is no such store. */
  copy(walk: Walk, store: object): number | undefined {
    if (walk.options.outbound !== true || (!types.isWeakMap(store) && !types.isWeakSet(store))) return undefined;
    const special = walk.notes.special({ kind: 'weak', type: types.isWeakMap(store) ? 'WeakMap' : 'WeakSet' });
    this.#stores.push({ store, special, isThreads: false, entries: [], keys: new Set() });
    return special;
  }

  /** What the thread's own stores get of an instance. */
  keep(walk: Walk, stores: readonly object[], instance: object): void {
    for (const store of stores) {
      if (!(store as WeakSet<object>).has(instance) || this.#stores.some((each) => each.store === store)) continue;
      const special = walk.reference(store);
      if (special !== undefined) this.#stores.push({ store, special, isThreads: true, entries: [], keys: new Set() });
    }
  }

  /** Enters what has a key that the walk has met, until there is no more of it. `finish` walks what that leads to. */
  enterMet(walk: Walk, isMet: (key: unknown) => boolean, finish: () => void): void {
    if (this.#stores.length === 0) return;
    for (let entered = true; entered; ) {
      entered = false;
      for (const store of this.#stores) {
        for (const [key, value] of entriesOf(store.store)) {
          if (store.keys.has(key) || !(isMet(key) || (!store.isThreads && isMet(classBehind(key))))) continue;
          store.keys.add(key);
          entered = true;
          enter(walk, store, key, value);
        }
      }
      finish();
    }
    for (const { special, entries } of this.#stores) {
      if (entries.length > 0) walk.notes.patches.push({ kind: 'entries', target: special, entries });
    }
  }
}

interface Store {
  readonly store: object;
  /** The number of the copy, or of the thread's own. */
  readonly special: number;
  /** The thread's own: entries that cannot cross are left out, as the caches that such a store may be can do without. */
  readonly isThreads: boolean;
  readonly entries: unknown[];
  readonly keys: Set<unknown>;
}

function enter(walk: Walk, { entries, isThreads }: Store, key: unknown, value: unknown): void {
  const at = entries.length;
  const put = (): void => {
    walk.put(entries, at, key);
    walk.put(entries, at + 1, value);
  };
  if (!isThreads) put();
  else if (!walk.attempt(put)) entries.length = at;
}

/**
 * Decorators keep what they know of a class under its prototype, which nothing but the class may lead to. (A thread's own store has that
 * from its own decorators.)
 */
function classBehind(key: unknown): AnyFunction | undefined {
  return typeof key === 'object' && key !== null && !types.isProxy(key) ? constructorOf(key) : undefined;
}

export interface Holder {
  readonly fn: AnyFunction;
  readonly description: FunctionDescription;
}

/** Whether it goes along, of all stores that the walk comes upon: on this trail, in what that function captures. */
export function mayCross(holder: Holder | undefined, store: object, trail: readonly Step[]): boolean {
  if (fields.has(store)) return true;
  const captured = trail.filter((step): step is Captured => step instanceof Captured && !(step instanceof ProxyPart));
  // What a user hangs on a function belongs to the user, whoever made the function.
  return captured.at(-1)?.name !== 'its properties' && keepsPrivately(holder, captured.length > 1);
}

/**
 * Whether a function may take along a WeakMap that it captures: a class, the code of a package, installed or bundled, what a compiler made
 * of a class or an import. Anyone else's is a register of objects whose keys are all on this side. `isInner`: another function captures this one.
 */
function keepsPrivately(holder: Holder | undefined, isInner: boolean): boolean {
  if (holder?.description.way !== 'value') return false;
  const { text, file } = holder.description;
  if (/^class\b/.test(text) || /[\\/]node_modules[\\/]/.test(file) || COMPILED.test(text) || isConstructor(holder.fn)) return true;
  return isInner && isOfBundledPackage(holder.fn);
}

/** What a decorator has noted of a class that goes by value is in the thread's own register of another class. */
export function isRegisterOf(holder: Holder | undefined, store: object): boolean {
  const prototype: unknown = holder && Object.getOwnPropertyDescriptor(holder.fn, 'prototype')?.value;
  return typeof prototype === 'object' && prototype !== null && holder?.description.way === 'value' && hasKey(store, prototype);
}

function hasKey(store: object, key: object): boolean {
  return types.isWeakMap(store) ? WeakMap.prototype.has.call(store, key) : types.isWeakSet(store) && WeakSet.prototype.has.call(store, key);
}

/** What an instance of a package's class keeps in a field is as private as what its class captures: a docx document, in which folder each part goes. */
export function noteField(walk: Walk, field: object, instance: object): void {
  if (walk.options.outbound !== true || (!types.isWeakMap(field) && !types.isWeakSet(field))) return;
  const prototype = Object.getPrototypeOf(instance) as object | null;
  const type = prototype === null ? undefined : constructorOf(prototype);
  if (type !== undefined && isOfPackage(walk, type)) fields.add(field);
}

function isOfPackage(walk: Walk, type: AnyFunction): boolean {
  const { description } = walk.options.describe(type);
  if (description.way === 'value') return isInstalled(description.file);
  if (description.way === 'reference') return isInstalled(description.module);
  return description.way === 'object' && description.standIn.what === 'private' && isInstalled(description.standIn.file);
}

/** A function with methods. */
function isConstructor(fn: AnyFunction): boolean {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  return typeof prototype === 'object' && prototype !== null && Object.getOwnPropertyNames(prototype).length > 1;
}

const fields = new WeakSet<object>();
/** The helpers of TypeScript, Babel, SWC and esbuild; those for imports remember the modules that they have wrapped. */
const COMPILED =
  /\b_{1,2}(?:assert_?)?class_?(?:Private|Check_?Private|Static)\w*|\b__private(?:Get|Set|In|Method|Wrapper)\b|\bcacheBabelInterop\b|\.__esModule\b/i;
