/**
 * What keeps objects that a function captures from changing: frozenness and its like, properties that cannot be written or deleted. Code that
 * a function takes along may ask, or rely on the TypeError: immer freezes, stores of Redux Toolkit look for that.
 */
import type { Properties } from '../packed.js';
import type { Walk } from './walk.js';

export function noteClosing(walk: Walk, value: object, shell: object | number): void {
  // A view of memory cannot be frozen.
  if (Object.isExtensible(value) || ArrayBuffer.isView(value)) return;
  walk.notes.closed(Object.isFrozen(value) ? 'freeze' : Object.isSealed(value) ? 'seal' : 'preventExtensions', shell);
}

/** The names in sight that are not as an assignment makes them. A frozen object's are, until all is on it. */
export function lockedNames(walk: Walk, value: object): readonly string[] {
  if (!walk.captured || walk.attributesRead++ > MOST_OBJECTS || Object.isFrozen(value)) return [];
  const names = Object.keys(value);
  return names.length > MOST_NAMES ? [] : names.filter((name) => isLocked(Object.getOwnPropertyDescriptor(value, name)));
}

/** Of the property that was added last. */
export function noteAttributes(own: Properties, property: PropertyDescriptor | undefined): void {
  const index = own.names.length - 1;
  if (property?.writable === false) own.readOnly = [...(own.readOnly ?? []), index];
  if (property?.configurable === false) own.fixed = [...(own.fixed ?? []), index];
}

function isLocked(property: PropertyDescriptor | undefined): boolean {
  return property?.writable === false || property?.configurable === false;
}

/** 0.1 µs a name. Guesses: what has more names, and what comes after so many objects, is data that nobody locks name by name. */
const MOST_NAMES = 64;
const MOST_OBJECTS = 1_000;
