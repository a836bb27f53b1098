/**
 * What was found out about the scopes of functions: which are one. A scope is known by the function and by how many are around it. Two
 * functions that have one in common have all those around it in common, and all of their variables: a constructor's methods are told
 * once, not once a variable.
 */
import type { AnyFunction } from '../any-function.js';

/** `depth`: how many scopes are around the one that is asked for, in both. */
export function isOneScope(one: AnyFunction, other: AnyFunction, depth: number): boolean {
  return scopeAt(one, depth) === scopeAt(other, depth);
}

export function areTwoScopes(one: AnyFunction, other: AnyFunction, depth: number): boolean {
  const [first, second] = [scopeAt(one, depth), scopeAt(other, depth)];
  return first.others.has(second) || second.others.has(first);
}

export function markOneScope(one: AnyFunction, other: AnyFunction, depth: number): void {
  for (let at = depth; at >= 0; at--) {
    const [first, second] = [scopeAt(one, at), scopeAt(other, at)];
    if (first === second) return;
    second.same = first;
  }
}

export function markTwoScopes(one: AnyFunction, other: AnyFunction, depth: number): void {
  scopeAt(one, depth).others.add(scopeAt(other, depth));
}

function scopeAt(fn: AnyFunction, depth: number): KnownScope {
  const scopes = known.get(fn) ?? [];
  let scope = scopes[depth] ?? { same: undefined, others: new WeakSet() };
  scopes[depth] = scope;
  known.set(fn, scopes);
  while (scope.same !== undefined) scope = scope.same;
  return scope;
}

interface KnownScope {
  /** It turned out to be this one. */
  same: KnownScope | undefined;
  /** What is known of one that turns out to be another is found out again. */
  readonly others: WeakSet<KnownScope>;
}

const known = new WeakMap<AnyFunction, KnownScope[]>();
