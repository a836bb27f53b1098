/** One look at a function: everything that V8 tells without stopping it. */
import type { AnyFunction } from '../any-function.js';
import { internalsOf, liveValue } from './handover.js';
import { scriptOf } from './scripts.js';
import type { RemoteObject } from './session.js';

/** Where a function stands: lines and columns count from 0, as in the user's file. */
export interface Location {
  readonly scriptId: string;
  /** See `Script.url`. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** One scope around a function. The object is V8's copy, made for this look: writing to it changes nothing. */
export interface Scope {
  /** `Module`, `Closure (outer)`, `Block`, `Script`, `Global` and the like. */
  readonly kind: string;
  /** Read with care: a variable in its dead zone throws on Node 22 and later, and reads `undefined` on 20. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Look {
  /** Absent for native and bound functions. */
  readonly place?: { readonly scriptId: string; readonly line: number; readonly column: number };
  /** Innermost first; read at the first use, which must come before the running job ends. */
  scopes(): readonly Scope[];
}

export function lookAt(fn: AnyFunction): Look {
  if (held?.fn !== fn) return freshLook(fn);
  held.look ??= wholeLook(fn);
  return held.look;
}

/**
 * Whoever looks at `fn` meanwhile shares one look: three of the inspector's questions in place of a dozen. Not for longer than it takes to
 * describe a function, in which no code of the program runs: variables change.
 */
export function withOneLook<T>(fn: AnyFunction, during: () => T): T {
  const before = held;
  held = { fn, look: undefined };
  try {
    return during();
  } finally {
    held = before;
  }
}

function freshLook(fn: AnyFunction): Look {
  const internals = internalsOf(fn);
  const place = placeFrom(internals);
  places.set(fn, place ?? null);
  const scopes = (): readonly Scope[] => scopesFrom(internals);
  return place === undefined ? { scopes } : { place, scopes };
}

/** The scopes at once: other looks may come before they are asked for, and handles do not last. */
function wholeLook(fn: AnyFunction): Look {
  const { place, scopes } = freshLook(fn);
  const read = scopes();
  return place === undefined ? { scopes: () => read } : { place, scopes: () => read };
}

/** Where `fn` was written: undefined for native and bound functions. An arrow stands at its first token, another function at its `(`, a class at that of its constructor or, without one, at the word `class`. */
export function locate(fn: AnyFunction): Location | undefined {
  const place = placeOf(fn);
  return place === undefined ? undefined : { ...place, url: scriptOf(place.scriptId).url };
}

/** The same, of a script that nobody need know. */
export function placeOf(fn: AnyFunction): Look['place'] {
  const known = places.get(fn);
  return known === undefined ? lookAt(fn).place : (known ?? undefined);
}

/** The scopes around `fn`, innermost first. */
export function scopesOf(fn: AnyFunction): readonly Scope[] {
  return lookAt(fn).scopes();
}

/** As they are now, whoever looked before. */
export function scopesNow(fn: AnyFunction): readonly Scope[] {
  return freshLook(fn).scopes();
}

function placeFrom(internals: ReadonlyMap<string, RemoteObject>): Look['place'] {
  const value = internals.get('[[FunctionLocation]]')?.value as { scriptId: string; lineNumber: number; columnNumber?: number } | undefined;
  return value === undefined ? undefined : { scriptId: value.scriptId, line: value.lineNumber, column: value.columnNumber ?? 0 };
}

let held: { readonly fn: AnyFunction; look: Look | undefined } | undefined;
/** A function stands where it stands; null: nowhere. */
const places = new WeakMap<AnyFunction, NonNullable<Look['place']> | null>();

const HAND_OVER_SCOPES = `function (exchange) {
  const scopes = [];
  for (let i = 0; i < this.length; i++) scopes.push({ kind: this[i].description, variables: this[i].object });
  exchange.handed = scopes;
}`;

function scopesFrom(internals: ReadonlyMap<string, RemoteObject>): readonly Scope[] {
  const list = internals.get('[[Scopes]]')?.objectId;
  return list === undefined ? [] : (liveValue(list, HAND_OVER_SCOPES) as Scope[]);
}
