/**
 * Tables: many plain objects with the same fields, or many arrays, as databases, JSON and CSV give them. Structured clone writes and reads each object, and the
 * name of each field with it; by columns they cross two to four times as fast, the look at them included, and are independent of the caller's objects at once.
 */
import type { Column, Lists, Rows } from '../packed.js';
import { isList, isRow, listsOf, rowsOf } from './columns.js';
import { hasNamedProperties } from './named-properties.js';
import { Owned } from './owned.js';

export interface Table {
  readonly rows: readonly object[];
  readonly content: Rows | Lists;
  /** The rows, and all objects and arrays in them; undefined where nothing is in them but values. */
  readonly inside: ReadonlySet<unknown> | undefined;
}

/** Two rows at least. Undefined for whatever is not all such objects, each once: it is looked at as any array is. */
export function tableOf(array: readonly unknown[]): Table | undefined {
  try {
    return table(array);
  } catch {
    return undefined; // a getter throws, which is said where each row is looked at
  }
}

function table(array: readonly unknown[]): Table | undefined {
  const first = array[0];
  // What differs mostly does so at once.
  if (!isAlike(array[1], first, 0) || !isAlike(array.at(-1), first, 0) || hasNamedProperties(array)) return undefined;
  const owned = new Owned(array);
  const content = isRow(first) ? rowsOf(array, owned, 0) : owned.takes(array) ? listsOf(array, owned, 0) : undefined;
  if (content === undefined || !areDistinct(array, content, owned)) return undefined;
  return { rows: array as readonly object[], content, inside: owned.all };
}

/** As far as can be told from one, and from the first in it. */
function isAlike(value: unknown, first: unknown, depth: number): boolean {
  if (isRow(first)) {
    const names = Object.keys(first);
    return hasFields(value, names) && (depth > 1 || names.every((name) => mayBeAlike(value[name], first[name], depth)));
  }
  return isList(first) && isList(value) && (depth > 1 || mayBeAlike(value[0], first[0], depth));
}

function mayBeAlike(value: unknown, first: unknown, depth: number): boolean {
  if (!(isRow(first) || isList(first)) || !(isRow(value) || isList(value))) return true;
  return value !== first && isAlike(value, first, depth + 1);
}

export function hasFields(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (!isRow(value)) return false;
  const own = Object.keys(value);
  return own.length === names.length && own.every((name, i) => name === names[i]);
}

/** Whether no object is among the rows twice. */
function areDistinct(rows: readonly unknown[], content: Rows | Lists, { all }: Owned): boolean {
  if (all !== undefined || (content.kind === 'rows' && content.columns.some(isOrdered))) return true;
  return new Set(rows).size === rows.length;
}

/** Numbers that only rise or only fall, as ids do: no row can be there twice. */
function isOrdered(column: Column): boolean {
  if (!(column instanceof Float64Array)) return false;
  const sign = Math.sign((column[1] as number) - (column[0] as number));
  for (let i = 1; i < column.length; i++) if (!(((column[i] as number) - (column[i - 1] as number)) * sign > 0)) return false;
  return true;
}
