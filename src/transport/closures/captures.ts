/** What one function captures, read at each call. */

import type { AnyFunction } from '../any-function.js';
import type { Capture } from '../described.js';
import { queueMicrotask } from '../own/own-globals.js';
import type { Slot } from '../protocol.js';
import { countFunction } from './budget.js';
import { Environment } from './environment.js';
import { remindOf } from './kept-private.js';
import type { Plan } from './plan.js';
import type { Reader } from './readers.js';
import { noteUse } from './shared.js';
import type { Site } from './site.js';
import { steadyNames } from './steady.js';

/**
 * `first` is what was read to describe the function: it serves the call that asked for the description, and no later one.
 * `around` reads anew.
 */
export function captureReader(
  fn: AnyFunction,
  { readers }: Plan,
  site: Site,
  first: Environment,
  around: () => Environment,
): () => readonly Capture[] {
  let fresh: Environment | undefined = first;
  let steady: readonly Capture[] | undefined;
  const changes = readers.some(({ slot }) => isOnFunction(slot));
  queueMicrotask(() => (fresh = undefined));
  return () => {
    countFunction(site.place?.scriptId);
    if (steady !== undefined) return changes ? steady.map((kept, index) => refreshed(kept, readers[index] as Reader, fn)) : steady;
    const known = fresh ?? (ofThisCall?.isAgain === true ? ofThisCall.environments.get(fn) : undefined);
    const environment = known ?? around();
    fresh = undefined;
    ofThisCall?.environments.set(fn, environment);
    const captures = readers.map(({ name, read }) => ({ name, value: read(fn, environment) }));
    noteUses(fn, readers, captures, site, environment);
    if (known === undefined && areSteady(captures, readers, site)) steady = captures;
    return captures;
  };
}

/** Which variables the function may share with others of this call, and where its values are to be found again. */
function noteUses(fn: AnyFunction, readers: Plan['readers'], captures: readonly Capture[], site: Site, environment: Environment): void {
  for (const [index, { slot }] of readers.entries()) {
    if (slot.to !== 'variable' && slot.to !== 'cell') continue;
    const at = environment.whereIs(slot.name);
    // What is not sent may be what another function reads.
    const isSent = slot.to === 'variable' && !site.uses.scratch.has(slot.name);
    const value = isSent ? captures[index]?.value : environment.valueOf(slot.name);
    noteUse(fn, site, slot, value, { ...at, variables: environment.variablesAt(at.depth) });
  }
  if (site.place === undefined) return;
  for (const { value } of [...captures, ...symbolsOf(fn)]) remindOf(value, site.place.scriptId, environment.scopes);
}

/** Variables have the values that they had the first time, while a call is encoded again, with what was found out about it. */
export function captureOnce<T>(encode: (again: () => void) => T): T {
  const before = ofThisCall;
  const kept = { environments: new Map<AnyFunction, Environment>(), isAgain: false };
  ofThisCall = kept;
  try {
    return encode(() => (kept.isAgain = true));
  } finally {
    ofThisCall = before;
  }
}

/** Under which the module of a function keeps something on it: the thread's own module will look under its own. */
function symbolsOf(fn: AnyFunction): { value: symbol }[] {
  return Object.getOwnPropertySymbols(fn).map((value) => ({ value }));
}

let ofThisCall: { readonly environments: Map<AnyFunction, Environment>; isAgain: boolean } | undefined;

/** What is on a function is read from it, and may change. */
function refreshed(kept: Capture, { slot, name, read }: Reader, fn: AnyFunction): Capture {
  return isOnFunction(slot) ? { name, value: read(fn, nowhere) } : kept;
}

function isOnFunction({ to }: Slot): boolean {
  return (
    to === 'properties' || to === 'prototype' || to === 'accessors' || to === 'given prototype' || to === 'given nature' || to === 'parent'
  );
}

const nowhere = new Environment([]);

function areSteady(captures: readonly Capture[], readers: Plan['readers'], site: Site): boolean {
  const names = steadyNames(site);
  if (names === undefined) return false;
  return readers.every(({ slot }, index) => {
    if (isOnFunction(slot)) return true;
    if (slot.to !== 'variable') return false;
    const how = isOwnWord(slot.name, site) ? 'once set' : names.get(slot.name);
    return how === 'always' || (how === 'once set' && captures[index]?.value !== undefined);
  });
}

/** `this` and `new.target` of an arrow. */
function isOwnWord(name: string, { words }: Site): boolean {
  return words.variables.get('this') === name || words.variables.get('new.target') === name;
}
