/**
 * What is in a table goes with it only: an object that something else refers to, too, would arrive twice.
 */
import { hasFields, type Table } from './tables.js';

/** Thrown at the end of a walk that met a row outside of its table: walk again, without tables. */
export const MET_ELSEWHERE = Symbol('a row was met outside of its table');

/** `met`: all that the walk has seen otherwise. */
export function throwIfMetElsewhere(tables: readonly Table[], met: Iterable<unknown>): void {
  const [first, ...others] = tables;
  if (first === undefined) return;
  // Of one table all that is in it is known to be distinct, and the fields of flat rows tell most others from them.
  let inside = others.length === 0 ? first.inside : insideOf(tables);
  if (others.length > 0 && inside === undefined) throw MET_ELSEWHERE;
  const themselves = new Set<unknown>(tables.map(({ rows }) => rows));
  for (const value of met) {
    if (inside === undefined && !mayBeRow(value, first)) continue;
    inside ??= new Set(first.rows);
    if (inside.has(value) && !themselves.has(value)) throw MET_ELSEWHERE;
  }
}

function mayBeRow(value: unknown, { content }: Table): boolean {
  return content.kind === 'lists' || hasFields(value, content.names);
}

/** All of these tables, themselves too; undefined where something is in two of them. */
function insideOf(tables: readonly Table[]): ReadonlySet<unknown> | undefined {
  const all = new Set<unknown>();
  let count = 0;
  for (const { rows, inside } of tables) {
    if (inside === undefined) all.add(rows);
    for (const each of inside ?? rows) all.add(each);
    count += inside?.size ?? rows.length + 1;
  }
  return all.size === count ? all : undefined;
}
