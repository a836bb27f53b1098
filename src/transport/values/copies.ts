/**
 * One kind after the other: what stands for an object in the shadow, and how its content gets there.
 */
import { hasMethods, shallowCopy } from './accessors.js';
import { constructorOf } from './class-state.js';
import { fillArray, fillMap, fillSet } from './collections.js';
import { dress, fillInstance } from './instances.js';
import { type Kind, whyNot } from './kinds.js';
import { memoryOf, movableOf, viewOf } from './memory.js';
import { fillProperties } from './own-properties.js';
import { fillPrivateState } from './private-instances.js';
import { readAll } from './read.js';
import { remadeBy } from './remade.js';
import type { Walk } from './walk.js';

/** What stands for `value`, still empty: an object of the shadow, or the number of a special. */
export function shellOf(walk: Walk, kind: Kind, value: object): object | number {
  switch (kind) {
    case 'object':
      return prototypeOfClass(walk, value) ?? objectOf(walk, value, shallowCopy(walk, value));
    case 'stand-in':
      return walk.reference(value) ?? dress(walk, 'object', value, readAll(walk, value));
    case 'array':
      return dress(walk, kind, value, []);
    case 'map':
      return dress(walk, kind, value, new Map());
    case 'set':
      return dress(walk, kind, value, new Set());
    case 'date':
      return dress(walk, kind, value, new Date(Date.prototype.getTime.call(value)));
    case 'regexp':
      return dress(walk, kind, value, new RegExp(value as RegExp));
    case 'error':
      return dress(walk, kind, value, errorWithoutStack());
    case 'boxed':
      return dress(walk, kind, value, value);
    case 'view':
    case 'buffer':
      return dress(walk, kind, value, viewOf(walk, value as NodeJS.ArrayBufferView));
    case 'memory':
      return dress(walk, kind, value, memoryOf(walk, value as ArrayBufferLike));
    case 'url':
      return walk.notes.url(value as URL);
    case 'search':
      return walk.notes.search(value as URLSearchParams);
    case 'exception':
      return walk.notes.special({ kind: 'exception', name: (value as Error).name, message: (value as Error).message, own: undefined });
    case 'remade':
      walk.borrows = true;
      return walk.notes.special({ kind: 'remade', ...(remadeBy(value) as NonNullable<ReturnType<typeof remadeBy>>) });
    case 'platform':
      walk.borrows = true;
      return value;
    case 'movable':
      return movableOf(walk, value);
    case 'namespace':
      return walk.reference(value) ?? membersOf(walk, value);
    case 'opaque':
      return walk.weak(value, true) ?? walk.reference(value) ?? walk.weak(value) ?? refuse(walk, value);
  }
}

/** Of a module that no thread is known to find (a loader made it, or it only gathers others), what it exports goes on its own. */
function membersOf(walk: Walk, namespace: object): object | number {
  return walk.options.outbound === true ? dress(walk, 'object', namespace, readAll(walk, namespace)) : refuse(walk, namespace);
}

/** What has methods may be a module's exports: the thread has them too, and nobody wants a copy of all its functions. */
function objectOf(walk: Walk, value: object, shell: object): object | number {
  const reference = hasMethods(shell) ? walk.reference(value, 'exports') : undefined;
  return reference ?? dress(walk, 'object', value, shell);
}

/** The prototype of a class, met as an object, is that of the class over there. */
function prototypeOfClass(walk: Walk, value: object): number | undefined {
  if (walk.options.outbound !== true || !Object.hasOwn(value, 'constructor')) return undefined;
  const type = constructorOf(value);
  return type && walk.notes.special({ kind: 'prototype', of: walk.function(type) });
}

/** Walks the content into the shell. */
export function fill(walk: Walk, kind: Kind, value: object, shell: object | number): void {
  if (walk.notes.privates.has(value)) fill(walk, kind, value, fillPrivateState(walk, value, shell));
  else if (kind === 'exception') fillProperties(walk, kind, value, shell);
  else if (typeof shell === 'number') fillSpecial(walk, kind, value, shell);
  else if (kind === 'object' || kind === 'stand-in' || kind === 'namespace') fillInstance(walk, value, shell);
  else if (kind === 'array') fillArray(walk, value as unknown[], shell as unknown[]);
  else if (kind === 'map') fillMap(walk, value as Map<unknown, unknown>, shell as Map<unknown, unknown>);
  else if (kind === 'set') fillSet(walk, value as Set<unknown>, shell as Set<unknown>);
  else if (kind === 'error' || kind === 'regexp' || kind === 'date' || kind === 'boxed') fillProperties(walk, kind, value, shell);
}

/** Of a constant, what goes along in case it is not there: what of it can cross. */
function fillSpecial(walk: Walk, kind: Kind, value: object, index: number): void {
  const special = walk.notes.specials[index];
  if (special?.kind !== 'constant') return;
  const shell = special.shell as Record<string, unknown>;
  if (walk.attempt(() => fill(walk, kind, value, shell))) return;
  for (const key of Object.keys(shell)) if (Object(shell[key]) === shell[key] || typeof shell[key] === 'symbol') delete shell[key];
}

/** Without the cost of a stack of its own, which would be thrown away. */
function errorWithoutStack(): Error {
  const limit = Error.stackTraceLimit;
  try {
    // Not by assignment, which throws under --frozen-intrinsics.
    Reflect.set(Error, 'stackTraceLimit', 0);
    return new Error();
  } finally {
    Reflect.set(Error, 'stackTraceLimit', limit);
  }
}

function refuse(walk: Walk, value: object): never {
  const [what, wayOut] = whyNot(value) ?? [
    'a module namespace belongs to its own thread',
    'import the module inside the function, or send the members that it needs',
  ];
  throw walk.refusal(what, wayOut);
}
