/**
 * Instances with `#private` state, on their way: V8 shows the values of their fields, and the other side has the class put them on.
 */
import type { AnyFunction } from '../any-function.js';
import { ownPlace } from '../functions/own.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { PrivateNames, PrivateState } from '../packed.js';
import { noteClosing } from './attributes.js';
import { constructorOf } from './class-state.js';
import type { Kind } from './kinds.js';
import { hasPrivateNames, privateNamesOf } from './private-names.js';
import { isNatural } from './prototypes.js';
import type { Walk } from './walk.js';
import { noteField } from './weak.js';

/** The classes behind a prototype that keep such state, and how far above it they are; undefined where it cannot cross: an Executor's is its threads. */
export function stateLevels(walk: Walk, prototype: object): readonly Level[] | undefined {
  if (walk.options.privateFieldsOf === undefined || !inspectorAvailable()) return undefined;
  let levels = known.get(prototype);
  if (levels === undefined) {
    levels = levelsBehind(walk, prototype) ?? null;
    known.set(prototype, levels);
  }
  return levels ?? undefined;
}

interface Level {
  readonly depth: number;
  readonly names: PrivateNames;
}

/** Null: it cannot cross. */
const known = new WeakMap<object, readonly Level[] | null>();

function levelsBehind(walk: Walk, prototype: object): readonly Level[] | undefined {
  const levels: Level[] = [];
  let depth = 0;
  for (let at: object | null = prototype; at !== null && !isNatural(at); at = Object.getPrototypeOf(at) as object | null) {
    const type = constructorOf(at);
    if (type !== undefined && hasPrivateNames(type)) {
      const names = privateNamesOf(type);
      if (names === undefined || ownPlace(type) !== undefined || isOfNode(walk, type)) return undefined;
      levels.unshift({ depth, names });
    }
    depth++;
  }
  // V8 names the fields, and not their classes.
  const all = levels.flatMap(({ names }) => [...names.fields, ...names.members]);
  return new Set(all).size < all.length ? undefined : levels;
}

/** Its classes have what is native behind them, mostly. */
function isOfNode(walk: Walk, type: AnyFunction): boolean {
  const { description } = walk.options.describe(type);
  return description.way === 'name' || (description.way === 'value' && description.file.startsWith('node:'));
}

/** What stands for an instance: its shell, or the number of a special where only its class can make the like. */
export function withPrivateState(walk: Walk, kind: Kind, value: object, shell: object): object | number {
  const levels = stateLevels(walk, Object.getPrototypeOf(value) as object);
  if (levels === undefined || levels.length === 0) return shell;
  const state: PrivateState = levels.map((level) => ({ ...level, values: [] }));
  walk.notes.privates.set(value, state);
  const stays = kind !== 'object';
  const special = walk.notes.special({ kind: 'private', shell, state, stays });
  return stays ? shell : special;
}

/** Walks the private values; returns the shell that all else goes into. */
export function fillPrivateState(walk: Walk, value: object, shell: object | number): object | number {
  const state = walk.notes.privates.get(value) as PrivateState;
  walk.notes.privates.delete(value);
  const fields = walk.options.privateFieldsOf?.(value);
  const depth = walk.trail.length;
  for (const { names, values } of state) {
    for (const name of names.fields) {
      walk.trail[depth] = `#${name}`;
      // An object of that prototype which the class has not made.
      if (fields?.has(`#${name}`) !== true)
        throw walk.refusal(`its class has not put #${name} on it`, 'make the instance inside the function');
      const field = fields.get(`#${name}`);
      if (typeof field === 'object' && field !== null) noteField(walk, field, value);
      walk.put(values, values.length, field);
    }
  }
  walk.trail.length = depth;
  if (typeof shell !== 'number') return shell;
  if (walk.captured) noteClosing(walk, value, shell);
  return (walk.notes.specials[shell] as { shell: object }).shell;
}
