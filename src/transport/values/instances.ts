/** Objects of a class: what they get again on the other side. */

import type { AnyFunction } from '../any-function.js';
import type { Prototype } from '../packed.js';
import { lockedNames } from './attributes.js';
import { blamed, refuseBroken, refuseSymbolState } from './broken-instances.js';
import { constructorOf, noteMembers, noteState } from './class-state.js';
import type { Kind } from './kinds.js';
import { fillProperties } from './own-properties.js';
import { withPrivateState } from './private-instances.js';
import { builtinTwin, isNatural, nameOfNatural, nameOfShared } from './prototypes.js';
import { prototypeOf } from './read.js';
import { noticeSymbols } from './symbols.js';
import type { Walk } from './walk.js';
import { noteField } from './weak.js';

/** Notes the prototype that `shell` gets on the other side, where structured clone gives it another; returns `shell`. */
export function dress(walk: Walk, kind: Kind, value: object, shell: object): object | number {
  const prototype = prototypeOf(walk, value);
  if (prototype === Object.prototype || (kind !== 'object' && isNatural(prototype)) || (kind === 'date' && isOfFakeTimers(prototype)))
    return shell;
  if (prototype === null) {
    walk.notes.prototype(shell, null);
    return shell;
  }
  const { dresses } = walk;
  if (!dresses.has(prototype)) {
    const reference = refuseBroken(walk, kind, value, prototype);
    if (reference !== undefined) return reference;
    dresses.set(prototype, dressOf(walk, kind, value, prototype));
  }
  const dressed = dresses.get(prototype);
  if (typeof dressed === 'number') {
    const constant = walk.options.isConstant?.(value) === true ? walk.reference(value) : undefined;
    if (constant !== undefined) return walk.options.copiesConstants === true ? orElse(walk, constant, shell, dressed) : constant;
    noteState(walk, prototype, value);
  }
  if (dressed !== undefined) walk.notes.prototype(shell, dressed);
  if (kind === 'error' && typeof dressed !== 'number' && nameOfShared(prototype) === undefined) walk.orphans.add(value);
  return typeof dressed === 'number' ? withPrivateState(walk, kind, value, shell) : shell;
}

/** The number of a constant that may not be there: the shell, with its prototype, is for that case. */
function orElse({ notes }: Walk, reference: number, shell: object, dressed: number): number {
  const { id } = notes.specials[reference] as { readonly id: number };
  notes.specials[reference] = { kind: 'constant', id, shell };
  notes.prototype(shell, dressed);
  return reference;
}

/** A test runner's `Date`, while its fake timers are in place of Node's. */
function isOfFakeTimers(prototype: object | null): boolean {
  const type = prototype === null ? undefined : constructorOf(prototype);
  return type !== undefined && Object.getOwnPropertyDescriptor(type, 'isFake')?.value === true;
}

/** What instances of the class get. Undefined: nothing, they arrive as structured clone makes them. */
function dressOf(walk: Walk, kind: Kind, value: object, prototype: object): Prototype | undefined {
  const shared = nameOfShared(prototype);
  if (shared !== undefined || isNatural(prototype)) return shared ?? (kind === 'object' ? nameOfNatural(prototype) : undefined);
  const twin = builtinTwin(prototype);
  if (twin !== undefined) return nameOfShared(twin);
  // An object that no class leads to: the thread has it too, or gets a copy.
  const mayGoPlain = walk.options.orphans === 'plain';
  const namesItself = walk.options.outbound !== true && constructorOf(value, prototype) !== undefined;
  if (constructorOf(prototype) === undefined && kind !== 'error' && !namesItself) {
    const copy = () => copyOf(walk, prototype);
    // Methods do not go home with a result: it goes without them.
    const made = walk.reference(prototype, 'prototypes') ?? makerNumber(walk, prototype);
    const found = made ?? (mayGoPlain ? attempted(walk, copy) : copy());
    if (found !== undefined) return found;
  }
  const number = () => classNumber(walk, value, prototype);
  if (kind !== 'error' && !mayGoPlain) return number();
  const sent = attempted(walk, number);
  if (sent !== undefined) return sent;
  walk.options.noteLoss?.(prototype);
  // What a parser throws may be an error by its prototype alone.
  if (kind !== 'error' && !(prototype instanceof Error)) return undefined;
  return dressOf(walk, kind, value, Object.getPrototypeOf(prototype) as object);
}

/** Undefined, too, where it cannot cross. */
function attempted<T>(walk: Walk, make: () => T): T | undefined {
  let made: T | undefined;
  const done = walk.attempt(() => {
    made = make();
  });
  return done ? made : undefined;
}

/** A constructor whose prototype was replaced, `File.prototype = { … }`, is not named by that, but exported by the module of its methods. */
function makerNumber(walk: Walk, prototype: object): number | undefined {
  const type = walk.options.makerOf?.(prototype);
  return type && attempted(walk, () => (walk.options.describe(type).description.way === 'reference' ? walk.function(type) : undefined));
}

/** Of accessors only where these cross: read, they would have the prototype's values as of now. */
function copyOf(walk: Walk, prototype: object): number | undefined {
  const properties = Object.values(Object.getOwnPropertyDescriptors(prototype));
  if (walk.options.outbound === true) walk.prototypes.add(prototype);
  else if (!properties.every((property) => 'value' in property)) return undefined;
  walk.trail.push('__proto__');
  const number = walk.numbered(prototype);
  walk.trail.pop();
  return number;
}

function classNumber(walk: Walk, value: object, prototype: object): number {
  const type = classOf(walk, value, prototype);
  const number = walk.function(type, value);
  walk.options.noteConstants?.(type, walk.options.describe(type).description);
  noteMembers(walk, prototype);
  return number;
}

function classOf(walk: Walk, value: object, prototype: object): AnyFunction {
  const type = constructorOf(prototype) ?? constructorOf(value, prototype);
  if (type === undefined) {
    throw walk.refusal('no class leads to its prototype', 'make it with a class, or send its own properties, { ...object }');
  }
  return type;
}

/** The content of a plain object or of an instance; the shell is a flat copy. */
export function fillInstance(walk: Walk, value: object, shell: object): void {
  const { trail } = walk;
  const depth = trail.length;
  try {
    // The shell has the properties already: what is primitive stays.
    for (const key in shell) {
      const property = (shell as Record<string, unknown>)[key];
      if ((typeof property === 'object' && property !== null) || typeof property === 'function' || typeof property === 'symbol') {
        if (!Object.hasOwn(shell, key)) continue;
        trail[depth] = key;
        if (typeof property === 'object') noteField(walk, property, value);
        walk.put(shell, key, property);
      }
    }
    trail.length = depth;
    const symbols = Object.getOwnPropertySymbols(value);
    const locked = lockedNames(walk, value);
    if (locked.length > 0) walk.locked.set(value, locked);
    else if (symbols.length === 0 && Object.getOwnPropertyNames(value).length === Object.keys(value).length && !walk.live.has(value))
      return;
    if (symbols.length > 0) noticeSymbols(walk, value, symbols);
    refuseSymbolState(walk, value, symbols);
    fillProperties(walk, 'object', value, shell);
  } catch (error) {
    throw blamed(walk, value, depth, error);
  }
}
