/**
 * Rows made anew of a table's columns.
 */
import { types } from 'node:util';
import type { Column, Gaps, Lists, MadeColumn, Patch, Rows } from '../packed.js';

type Row = Record<string, unknown>;

export function fillRows({ target, count, rows }: Extract<Patch, { kind: 'rows' }>): void {
  fill(target, rows, count);
}

/** `target` is empty. */
function fill(target: unknown[], rows: Rows | Lists, count: number): void {
  if (rows.kind === 'rows') fillWithObjects(target as Row[], rows, count);
  else fillWithLists(target, rows);
}

/** Column by column: all rows have the shape of the first from the start, and a loop that sets one field is the fastest there is. */
function fillWithObjects(target: Row[], { names, columns }: Rows, count: number): void {
  // Its own fields, whatever an object inherits under such a name.
  const first: Row = Object.fromEntries(names.map((name) => [name, undefined]));
  for (let i = 0; i < count; i++) target.push({ ...first });
  for (const [at, column] of columns.entries()) setField(target, names[at] as string, valuesOf(column, count));
}

function setField(rows: Row[], name: string, values: ArrayLike<unknown>): void {
  for (let i = 0; i < rows.length; i++) (rows[i] as Row)[name] = values[i];
}

function fillWithLists(target: unknown[], { lengths, items }: Lists): void {
  const all = asArray(valuesOf(items, sum(lengths)));
  let from = 0;
  for (let i = 0; i < lengths.length; i++) {
    const to = from + (lengths[i] as number);
    // A slice has room for its items, and no more.
    target.push(all.slice(from, to));
    from = to;
  }
}

function fillWithGaps(target: unknown[], { present, absent, of }: Gaps): void {
  const values = valuesOf(of, sum(present));
  let next = 0;
  for (let i = 0; i < present.length; i++) target.push(present[i] === 1 ? values[next++] : absent);
}

function valuesOf(column: Column, count: number): ArrayLike<unknown> {
  if (Array.isArray(column) || types.isFloat64Array(column)) return column;
  const values: unknown[] = [];
  if (types.isUint8Array(column)) for (let i = 0; i < count; i++) values.push(column[i] === 1);
  else fillFrom(values, column as MadeColumn, count);
  return values;
}

function fillFrom(target: unknown[], column: MadeColumn, count: number): void {
  if (column.kind === 'same') for (let i = 0; i < count; i++) target.push(column.value);
  else if (column.kind === 'gaps') fillWithGaps(target, column);
  else fill(target, column, count);
}

/** Of numbers, one that is like any that is filled with them: of small integers, where all are. */
function asArray(values: ArrayLike<unknown>): readonly unknown[] {
  if (Array.isArray(values)) return values;
  const array: unknown[] = [];
  for (let i = 0; i < values.length; i++) array.push(values[i]);
  return array;
}

function sum(counts: Uint8Array | Uint32Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return total;
}
