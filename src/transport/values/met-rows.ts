/**
 * A row goes with its table only: one that something else refers to, too, would arrive twice.
 */
import { distinctRows, hasFields, type Table } from './tables.js';

/** Thrown at the end of a walk that met a row outside of its table: walk again, without tables. */
export const MET_ELSEWHERE = Symbol('a row was met outside of its table');

/** `met`: all that the walk has seen otherwise. */
export function throwIfMetElsewhere(tables: readonly Table[], met: Iterable<unknown>): void {
  const [first, ...others] = tables;
  if (first === undefined) return;
  // Of one table its rows are known to be distinct, and its fields tell most others from them.
  let rows = others.length === 0 ? undefined : distinctRows(tables.map((table) => table.rows));
  if (others.length > 0 && rows === undefined) throw MET_ELSEWHERE;
  for (const value of met) {
    if (rows === undefined && !hasFields(value, first.names)) continue;
    rows ??= new Set(first.rows);
    if (rows.has(value)) throw MET_ELSEWHERE;
  }
}
