/**
 * The content of arrays, Maps and Sets.
 */
import { hasNamedProperties, namedProperties } from './named-properties.js';
import { fillProperties } from './own-properties.js';
import { noteTable } from './pack-tables.js';
import { read } from './read.js';
import { Member, valueOfMap } from './trail.js';
import type { Walk } from './walk.js';

export function fillArray(walk: Walk, array: readonly unknown[], shell: unknown[]): void {
  if (!noteTable(walk, array, shell)) fillItems(walk, array, shell);
  fillProperties(walk, 'array', array as unknown[], shell);
}

function fillItems(walk: Walk, array: readonly unknown[], shell: unknown[]): void {
  const { trail } = walk;
  const depth = trail.length;
  const { length } = array;
  let holes = 0;
  for (let i = 0; i < length && holes <= MOST_HOLES; i++) {
    trail[depth] = i;
    const item = read(walk, array, i);
    if (item === undefined && !(i in array)) holes++;
    else walk.put(shell, i, item);
  }
  shell.length = length;
  for (const key of holes > MOST_HOLES ? Object.keys(array) : holes > 0 || hasNamedProperties(array) ? namedProperties(array) : []) {
    if (Object.hasOwn(shell, key)) continue;
    trail[depth] = key;
    walk.put(shell, key, read(walk, array, key));
  }
  trail.length = depth;
}

/** A sparse array may claim four thousand million elements: beyond this it is copied by its keys. */
const MOST_HOLES = 1_000;

/** Entries with specials among them are entered on the other side, in their order. */
export function fillMap(walk: Walk, map: Map<unknown, unknown>, shell: Map<unknown, unknown>): void {
  const { trail, notes } = walk;
  const depth = trail.length;
  const before = notes.places.length;
  const entries: unknown[] = [];
  let i = 0;
  Map.prototype.forEach.call(map, (value: unknown, key: unknown) => {
    trail[depth] = new Member(`.keys()[${i}]`);
    walk.put(entries, 2 * i, key);
    trail[depth] = valueOfMap(key, i);
    walk.put(entries, 2 * i + 1, value);
    i++;
  });
  trail.length = depth;
  if (notes.places.length > before) notes.patches.push({ kind: 'entries', target: shell, entries });
  else for (let j = 0; j < entries.length; j += 2) shell.set(entries[j], entries[j + 1]);
  fillProperties(walk, 'map', map, shell);
}

export function fillSet(walk: Walk, set: Set<unknown>, shell: Set<unknown>): void {
  const { trail, notes } = walk;
  const depth = trail.length;
  const before = notes.places.length;
  const entries: unknown[] = [];
  Set.prototype.forEach.call(set, (value: unknown) => {
    trail[depth] = new Member(`.values()[${entries.length}]`);
    walk.put(entries, entries.length, value);
  });
  trail.length = depth;
  if (notes.places.length > before) notes.patches.push({ kind: 'entries', target: shell, entries });
  else for (const value of entries) shell.add(value);
  fillProperties(walk, 'set', set, shell);
}
