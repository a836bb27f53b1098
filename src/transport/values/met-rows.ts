/**
 * A row goes with its table only: one that something else refers to, too, would arrive twice.
 */
import { areDistinct, hasFields, type Table } from './tables.js';

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
