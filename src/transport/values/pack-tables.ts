/**
 * Tables in the walk that packs: an array of the shadow that stays empty, and its columns beside. No other way may lead to a row, which would arrive twice.
 */
import type { Column } from '../protocol.js';
import { areDistinct, hasFields, type Table, tableOf } from './tables.js';
import type { Walk } from './walk.js';

/** True: it is a table, and noted. Not what a function captures: there, more is kept of an object than its fields. */
export function noteTable(walk: Walk, array: readonly unknown[], shell: unknown[]): boolean {
  const { tables } = walk.options;
  if (walk.captured || tables === 'none') return false;
  const table = tables?.get(array) ?? tableOf(array);
  if (table === undefined) return false;
  const { names } = table;
  const columns = table.columns.map((column, at) => shadowOf(walk, column, names[at] as string));
  walk.notes.tables.push(table);
  walk.notes.patches.push({ kind: 'rows', target: shell, count: array.length, names, columns });
  return true;
}

/** Dates are one for all that refer to them. */
function shadowOf(walk: Walk, column: Column, name: string): Column {
  if (!Array.isArray(column) || !column.some((value) => typeof value === 'object' && value !== null)) return column;
  const { trail } = walk;
  const depth = trail.length;
  const shadow: unknown[] = [];
  for (const [i, value] of column.entries()) {
    trail[depth] = i;
    trail[depth + 1] = name;
    walk.put(shadow, i, value);
  }
  trail.length = depth;
  return shadow;
}

/** Thrown at the end of a walk that met a row outside of its table: walk again, without tables. */
export const MET_ELSEWHERE = Symbol('a row was met outside of its table');

/** `met`: all that the walk has seen otherwise. */
export function throwIfMetElsewhere(tables: readonly Table[], met: Iterable<unknown>): void {
  if (tables.length === 0) return;
  if (tables.length > 1 && !areDistinct(tables.map(({ rows }) => rows))) throw MET_ELSEWHERE;
  const sets = new Map<Table, ReadonlySet<unknown>>();
  for (const value of met) {
    for (const table of tables) {
      if (!hasFields(value, table.names)) continue;
      const rows = sets.get(table) ?? new Set(table.rows);
      sets.set(table, rows);
      if (rows.has(value)) throw MET_ELSEWHERE;
    }
  }
}
