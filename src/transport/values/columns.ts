/**
 * Objects with the same fields, or arrays, as columns: a few long arrays of primitives and Dates, which refer to nothing.
 */
import { types } from 'node:util';
import type { Column, Gaps, Lists, Rows } from '../packed.js';
import { hasHiddenNames, hasNamedProperties } from './named-properties.js';
import type { Owned } from './owned.js';

type Row = Record<string, unknown>;

/** A guess: wider objects are dictionaries, fields. */
const MOST_FIELDS = 100;

/** Objects in objects: a guess, far beyond what data has. */
const DEEPEST = 50;

/** Rows that are asked for names that no loop shows, and for such symbols, which takes longer. Nobody hides something in a single one of thousands. */
const MOST_ASKED = { names: 1_000, symbols: 100 };

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && Object.getPrototypeOf(value) === Object.prototype;
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !types.isProxy(value) && Object.getPrototypeOf(value) === Array.prototype;
}

/** Undefined: something is no plain object with the fields of the first. */
export function rowsOf(rows: readonly unknown[], owned: Owned, depth: number): Rows | undefined {
  const first = rows[0];
  if (!isRow(first)) return undefined;
  const names = Object.keys(first);
  if (names.length === 0 || names.length > MOST_FIELDS || names.includes('__proto__')) return undefined;
  const kinds = names.map((name) => kindOf(first[name]));
  const gathered: Column[] = kinds.map((kind) => newColumn(kind, rows));
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
      if (typeof value !== kinds[at] && kinds[at] !== 'any') {
        gathered[at] = widened(gathered[at] as Column, i, rows);
        kinds[at] = 'any';
      }
      (gathered[at] as unknown[])[i] = value;
      at++;
    }
    if (at !== names.length || hides(row, i, at)) return undefined;
    Object.assign(union, row);
  }
  if (Object.getOwnPropertySymbols(union).length > 0) return undefined;
  const columns: Column[] = [];
  for (const [at, column] of gathered.entries()) {
    const whole = Array.isArray(column) && kinds[at] !== 'string' ? columnOfAny(column, owned, depth) : shortened(column);
    if (whole === undefined) return undefined;
    columns.push(whole);
  }
  return { kind: 'rows', names, columns };
}

/** Undefined: something is no plain array without holes, or their items are no column. */
export function listsOf(lists: readonly unknown[], owned: Owned, depth: number): Lists | undefined {
  const lengths = new Uint32Array(lists.length);
  const items: unknown[] = [];
  for (let i = 0; i < lists.length; i++) {
    const list = lists[i];
    if (!isList(list) || hasNamedProperties(list) || (!Object.isExtensible(list) && hasHiddenNames(list))) return undefined;
    lengths[i] = list.length;
    for (let at = 0; at < list.length; at++) {
      const item = list[at];
      if (item === undefined && !(at in list)) return undefined;
      items.push(item);
    }
  }
  const column = columnOf(items, owned, depth);
  return column && { kind: 'lists', lengths, items: column };
}

function columnOf(values: readonly unknown[], owned: Owned, depth: number): Column | undefined {
  const kind = kindOf(values[0]);
  if (kind === 'object' || kind === 'any') return columnOfAny(values, owned, depth);
  for (let i = 1; i < values.length; i++) if (typeof values[i] !== kind) return columnOfAny(values, owned, depth);
  if (kind === 'number') return Float64Array.from(values as readonly number[]);
  return kind === 'boolean' ? Uint8Array.from(values as readonly boolean[], Number) : shortened(values);
}

function columnOfAny(values: readonly unknown[], owned: Owned, depth: number): Column | undefined {
  let objects = 0;
  let first: object | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) continue;
    first ??= value;
    objects++;
  }
  if (first === undefined) return shortened(values);
  if (types.isDate(first))
    return values.every((value) => typeof value !== 'object' || value === null || isPlainDate(value)) ? values : undefined;
  return objects === values.length ? columnOfObjects(values, owned, depth) : withGaps(values, owned, depth);
}

function columnOfObjects(objects: readonly unknown[], owned: Owned, depth: number): Rows | Lists | undefined {
  if (depth === DEEPEST || !owned.takes(objects)) return undefined;
  return Array.isArray(objects[0]) ? listsOf(objects, owned, depth + 1) : rowsOf(objects, owned, depth + 1);
}

/** Some are objects; the others have to be all `null`, or all undefined. */
function withGaps(values: readonly unknown[], owned: Owned, depth: number): Gaps | undefined {
  const absent = values.find((value) => typeof value !== 'object' || value === null);
  if (absent !== null && absent !== undefined) return undefined;
  const present = Uint8Array.from(values, (value) => (value === absent ? 0 : 1));
  const of = columnOfObjects(
    values.filter((value) => value !== absent),
    owned,
    depth,
  );
  return of && { kind: 'gaps', present, absent, of };
}

function hides(row: Row, index: number, names: number): boolean {
  if (index < MOST_ASKED.symbols && Object.getOwnPropertySymbols(row).length > 0) return true;
  return index < MOST_ASKED.names && Object.getOwnPropertyNames(row).length > names;
}

/** What `typeof` says of all values of a column; or `any`, and each is looked at. */
type Kind = 'number' | 'boolean' | 'string' | 'object' | 'any';

function kindOf(value: unknown): Kind {
  const type = typeof value;
  return type === 'number' || type === 'boolean' || type === 'string' || type === 'object' ? type : 'any';
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

function isPlainDate(value: object): boolean {
  return types.isDate(value) && Object.getPrototypeOf(value) === Date.prototype && Reflect.ownKeys(value).length === 0;
}

/** One value for all, where all have the same. */
function shortened(column: Column): Column {
  if (!Array.isArray(column)) return column;
  const [value] = column as readonly unknown[];
  if (typeof value === 'object' && value !== null) return column;
  for (let i = 1; i < column.length; i++) if (!Object.is(column[i], value)) return column;
  return { kind: 'same', value };
}
