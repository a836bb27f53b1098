/**
 * Tables: many plain objects with the same fields, as databases and JSON give them. Structured clone writes and reads the name of each field with
 * each row; by columns they cross three times as fast, the look at them included, and are independent of the caller's objects at once.
 */
import { types } from 'node:util';
import type { Column } from '../packed.js';
import { hasNamedProperties } from './named-properties.js';

export interface Table {
  readonly rows: readonly object[];
  readonly names: readonly string[];
  readonly columns: readonly Column[];
}

/** A guess: wider objects are dictionaries, fields. */
const MOST_FIELDS = 100;

/** Rows that are asked for names that no loop shows, and for such symbols, which takes longer. Nobody hides something in a single one of thousands. */
const MOST_ASKED = { names: 1_000, symbols: 100 };

type Row = Record<string, unknown>;

/** Two rows at least. Undefined for whatever is not all such objects, each once: it is looked at as any array is. Values are primitives and Dates, which refer to nothing. */
export function tableOf(array: readonly unknown[]): Table | undefined {
  try {
    return table(array);
  } catch {
    return undefined; // a getter throws, which is said where each row is looked at
  }
}

function table(array: readonly unknown[]): Table | undefined {
  const first = array[0];
  if (!isRow(first)) return undefined;
  const names = Object.keys(first);
  if (names.length === 0 || names.length > MOST_FIELDS || names.includes('__proto__')) return undefined;
  if (!hasFields(array[1], names) || !hasFields(array.at(-1), names) || hasNamedProperties(array)) return undefined;
  const columns = columnsOf(array, first, names);
  if (columns === undefined || !(columns.some(isOrdered) || distinctRows([array]) !== undefined)) return undefined;
  return { rows: array as readonly object[], names, columns: columns.map(shortened) };
}

/** All of these rows; undefined where an object is among them twice. */
export function distinctRows(tables: readonly (readonly unknown[])[]): ReadonlySet<unknown> | undefined {
  const all = new Set<unknown>();
  let count = 0;
  for (const rows of tables) {
    for (let i = 0; i < rows.length; i++) all.add(rows[i]);
    count += rows.length;
  }
  return all.size === count ? all : undefined;
}

export function hasFields(value: unknown, names: readonly string[]): boolean {
  if (!isRow(value)) return false;
  const own = Object.keys(value);
  return own.length === names.length && own.every((name, i) => name === names[i]);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function columnsOf(rows: readonly unknown[], first: Row, names: readonly string[]): Column[] | undefined {
  const kinds = names.map((name) => kindOf(first[name]));
  const columns: Column[] = kinds.map((kind) => newColumn(kind, rows));
  // All rows' symbol keys come together here: to ask each row for its own takes as long as all the rest.
  const union = { ...first };
  // All in one loop, as the next row has to come from memory.
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!isRow(row)) return undefined;
    let at = 0;
    // `for in`: V8 then reads by the shape's own list.
    for (const name in row) {
      if (name !== names[at]) return undefined;
      const value = row[name];
      if (typeof value !== kinds[at]) {
        if (!isLeaf(value)) return undefined;
        if (kinds[at] !== 'any') columns[at] = widened(columns[at] as Column, i, rows);
        kinds[at] = 'any';
      }
      (columns[at] as unknown[])[i] = value;
      at++;
    }
    if (at !== names.length || hides(row, i, at)) return undefined;
    Object.assign(union, row);
  }
  return Object.getOwnPropertySymbols(union).length === 0 ? columns : undefined;
}

function hides(row: Row, index: number, names: number): boolean {
  if (index < MOST_ASKED.symbols && Object.getOwnPropertySymbols(row).length > 0) return true;
  return index < MOST_ASKED.names && Object.getOwnPropertyNames(row).length > names;
}

/** What `typeof` says of all values of a column; or `any`, and each is looked at. */
type Kind = 'number' | 'boolean' | 'string' | 'any';

function kindOf(value: unknown): Kind {
  const type = typeof value;
  return type === 'number' || type === 'boolean' || type === 'string' ? type : 'any';
}

/** To be filled from its first value to its last. An array that grows takes longer to fill, and one with holes to clone: this has neither. */
function newColumn(kind: Kind, rows: readonly unknown[]): Column {
  if (kind === 'number') return new Float64Array(rows.length);
  return kind === 'boolean' ? new Uint8Array(rows.length) : rows.slice();
}

/** Its first values, so many, in a column that takes any. */
function widened(column: Column, count: number, rows: readonly unknown[]): unknown[] {
  const values = Array.isArray(column) ? (column as unknown[]) : rows.slice();
  if (types.isUint8Array(column)) for (let i = 0; i < count; i++) values[i] = column[i] === 1;
  else if (values !== column) for (let i = 0; i < count; i++) values[i] = (column as Float64Array)[i];
  return values;
}

function isLeaf(value: unknown): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  return value === null || isPlainDate(value);
}

function isPlainDate(value: object): boolean {
  return types.isDate(value) && Object.getPrototypeOf(value) === Date.prototype && Reflect.ownKeys(value).length === 0;
}

/** Numbers that only rise or only fall, as ids do: no row can be there twice. */
function isOrdered(column: Column): boolean {
  if (!types.isFloat64Array(column)) return false;
  const sign = Math.sign((column[1] as number) - (column[0] as number));
  for (let i = 1; i < column.length; i++) if (!(((column[i] as number) - (column[i - 1] as number)) * sign > 0)) return false;
  return true;
}

/** One value for all, where all have the same. */
function shortened(column: Column): Column {
  if (!Array.isArray(column)) return column;
  const [all] = column as readonly unknown[];
  if (typeof all === 'object' && all !== null) return column;
  for (let i = 1; i < column.length; i++) if (!Object.is(column[i], all)) return column;
  return { all };
}
