/**
 * Tables in the walk that packs: an array of the shadow that stays empty, and its columns beside.
 */
import { types } from 'node:util';
import type { Column, Lists, MadeColumn, Rows } from '../packed.js';
import { tableIn } from './look.js';
import type { Walk } from './walk.js';

/** True: it is a table, and noted. Not what a function captures: there, more is kept of an object than its fields. */
export function noteTable(walk: Walk, array: readonly unknown[], shell: unknown[]): boolean {
  const { tables } = walk.options;
  if (walk.captured || tables === 'none') return false;
  const table = tables?.get(array) ?? tableIn(array);
  if (table === undefined) return false;
  walk.notes.tables.push(table);
  const rows = shadowOf(walk, table.content, undefined) as Rows | Lists;
  walk.notes.patches.push({ kind: 'rows', target: shell, count: array.length, rows });
  return true;
}

/** Dates are one for all that refer to them. */
function shadowOf(walk: Walk, column: Column, name: string | undefined): Column {
  if (types.isTypedArray(column)) return column;
  if (Array.isArray(column)) return shadowOfEach(walk, column, name);
  const of = column as MadeColumn;
  switch (of.kind) {
    case 'same':
      return of;
    case 'rows':
      return { ...of, columns: of.columns.map((each, at) => shadowOf(walk, each, of.names[at])) };
    case 'lists':
      return { ...of, items: shadowOf(walk, of.items, name) };
    case 'gaps':
      return { ...of, of: shadowOf(walk, of.of, name) };
  }
}

function shadowOfEach(walk: Walk, values: readonly unknown[], name: string | undefined): readonly unknown[] {
  if (!values.some((value) => typeof value === 'object' && value !== null)) return values;
  const { trail } = walk;
  const depth = trail.length;
  const shadow: unknown[] = [];
  for (const [i, value] of values.entries()) {
    trail[depth] = i;
    if (name !== undefined) trail[depth + 1] = name;
    walk.put(shadow, i, value);
  }
  trail.length = depth;
  return shadow;
}
