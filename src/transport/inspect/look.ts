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
  const internals = internalsOf(fn);
  const place = placeFrom(internals);
  const scopes = (): readonly Scope[] => scopesFrom(internals);
  return place === undefined ? { scopes } : { place, scopes };
}

/** Where `fn` was written: undefined for native and bound functions. An arrow stands at its first token, another function at its `(`, a class at that of its constructor or, without one, at the word `class`. */
export function locate(fn: AnyFunction): Location | undefined {
  const place = placeFrom(internalsOf(fn));
  return place === undefined ? undefined : { ...place, url: scriptOf(place.scriptId).url };
}

/** The scopes around `fn`, innermost first. */
export function scopesOf(fn: AnyFunction): readonly Scope[] {
  return scopesFrom(internalsOf(fn));
}

function placeFrom(internals: ReadonlyMap<string, RemoteObject>): Look['place'] {
  const value = internals.get('[[FunctionLocation]]')?.value as { scriptId: string; lineNumber: number; columnNumber?: number } | undefined;
  return value === undefined ? undefined : { scriptId: value.scriptId, line: value.lineNumber, column: value.columnNumber ?? 0 };
}

const HAND_OVER_SCOPES = `function (exchange) {
  const scopes = [];
  for (let i = 0; i < this.length; i++) scopes.push({ kind: this[i].description, variables: this[i].object });
  exchange.handed = scopes;
}`;

function scopesFrom(internals: ReadonlyMap<string, RemoteObject>): readonly Scope[] {
  const list = internals.get('[[Scopes]]')?.objectId;
  return list === undefined ? [] : (liveValue(list, HAND_OVER_SCOPES) as Scope[]);
}
