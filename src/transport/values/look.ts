/**
 * The cheap look: may this value travel as it is?
 *
 * Nearly every call carries plain data, and plain data must not pay for what other calls need. So the look allocates
 * nothing for flat data (but the columns of tables, which are what is sent of them), and remembers only objects that lead on to other objects: enough to end on cycles and to visit
 * what is shared once, and no cost for the leaves, which are nearly all of a big value.
 */
import { types } from 'node:util';
import { LARGE } from './large-memory.js';
import { hasHiddenNames, hasNamedProperties } from './named-properties.js';
import { type Table, tableOf } from './tables.js';
import { isDetached, isMarked } from './transfer.js';
import { TYPED_ARRAYS } from './typed-arrays.js';

/** `primitive`: no object at all. `plain`: structured clone carries it faithfully. `special`: it needs packing. */
export type Look = 'primitive' | 'plain' | 'special';

export function look(value: unknown): Look {
  start();
  if (typeof value === 'object' && value !== null) return looksPlain(value) ? 'plain' : 'special';
  return typeof value === 'function' || typeof value === 'symbol' ? 'special' : 'primitive';
}

/** The look at an argument list, which is the library's own array and not a value of the caller's. */
export function lookAtEach(values: readonly unknown[]): Look {
  let worst: Look = 'primitive';
  start();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === 'object' && value !== null) {
      if (!looksPlain(value)) return 'special';
      worst = 'plain';
    } else if (typeof value === 'function' || typeof value === 'symbol') return 'special';
  }
  return worst;
}

function start(): void {
  large = false;
  hasMemory = false;
  tables = undefined;
  inTables = 0;
  others = 0;
}

/** Whether the last look met memory that is worth copying by hand. */
export function sawLarge(): boolean {
  return large;
}

let large = false;

/** Whether what the last look met is worth writing out, where it has to wait: small data is cloned faster. */
export function sawMuch(): boolean {
  return others >= MUCH && !hasMemory;
}

/** Objects and items, about. Measured. */
const MUCH = 16;

let hasMemory = false;

/** The tables that the last look met, by columns already; undefined if it met none, or so much else that structured clone is the faster way for all of it. */
export function sawTables(): ReadonlyMap<unknown, Table> | undefined {
  const seen = tables;
  tables = undefined;
  return others <= inTables ? seen : undefined;
}

let tables: Map<unknown, Table> | undefined;

/** Objects in tables, and how many objects and items the last look met besides, about. */
let inTables = 0;
let others = 0;

/** Deeper values are packed, which cuts them into pieces: structured clone's own recursion ends at about 1,500 levels on the main thread. */
const DEEPEST = 200;

/**
 * An object is remembered if it leads on to others and stands on every second level, or is wide. Remembering costs more
 * than looking again at what is small, and what is shared or cyclic is still visited a bounded number of times: at most
 * `WIDE` times for each reference to it.
 */
const REMEMBERED = 2;
const WIDE = 16;

/** Objects that lead on to others, seen in the look that is under way; made when there is one. */
let seen: Set<object> | undefined;

function looksPlain(value: object): boolean {
  const outer = seen; // a getter may lead to another call, and so to another look
  seen = undefined;
  asked = 0;
  let plain = false;
  try {
    plain = isPlain(value, 0);
  } catch {
    // a getter or a proxy throws: packing says where
  } finally {
    seen = outer;
    if (!plain) tables = undefined;
  }
  return plain;
}

function isPlain(value: object, depth: number): boolean {
  if (types.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return isPlainObject(value as Record<string, unknown>, depth);
  if (prototype === Array.prototype) return isPlainArray(value, depth);
  return BUILTINS.get(prototype)?.(value, depth) ?? false;
}

function isPlainObject(object: Record<string, unknown>, depth: number): boolean {
  others++;
  const remembered = depth % REMEMBERED === 0;
  let known = false;
  let keys = 0;
  // `for in` rather than `Object.keys`: V8 then reads by the shape's own list, and allocates nothing.
  for (const key in object) {
    const value = object[key];
    keys++;
    if (typeof value === 'object') {
      if (value === null) continue;
      if (!known && (remembered || keys > WIDE)) {
        if (!isNew(object)) return true;
        known = true;
      }
      if (depth === DEEPEST || !isPlain(value, depth + 1)) return false;
    } else if (typeof value === 'function' || typeof value === 'symbol') return false;
  }
  return Object.getOwnPropertySymbols(object).length === 0 && (asked === MOST_ASKED || !hidesNames(object, keys));
}

/**
 * Properties that no loop shows are what packages hang on an object, methods mostly; nobody does that to a dictionary, nor to thousands of rows, where to
 * ask would cost a tenth of the clone.
 */
function hidesNames(object: object, keys: number): boolean {
  asked++;
  return keys <= MOST_NAMES && Object.getOwnPropertyNames(object).length > keys;
}

const MOST_NAMES = 64;
const MOST_ASKED = 1_000;

/** Objects so far, in the look that is under way. */
let asked = 0;

function isPlainArray(array: unknown, depth: number): boolean {
  if (!Array.isArray(array)) return false;
  const { length } = array;
  if (length >= WIDE && !isNew(array)) return true;
  const table = tableIn(array);
  if (table !== undefined) {
    tables ??= new Map();
    tables.set(array, table);
    inTables += length;
    return Object.isExtensible(array) || !hasHiddenNames(array);
  }
  others += length;
  let known = length >= WIDE || depth % REMEMBERED !== 0;
  let holes = 0;
  for (let i = 0; i < length; i++) {
    const value: unknown = array[i];
    if (typeof value === 'number' || typeof value === 'string') continue;
    if (typeof value === 'object') {
      if (value === null) continue;
      if (!known) {
        if (!isNew(array)) return true;
        known = true;
      }
      if (depth === DEEPEST || !isPlain(value, depth + 1)) return false;
    } else if (value === undefined) {
      // A sparse array may claim four thousand million elements; packing goes by its keys.
      if (!(i in array) && ++holes > 1_000) return false;
    } else if (typeof value === 'function' || typeof value === 'symbol') return false;
  }
  if (!Object.isExtensible(array) && hasHiddenNames(array)) return false;
  return holes > 0 ? Object.keys(array).length === length - holes : !hasNamedProperties(array);
}

/** The table that an array is, if it is one that is worth it. What makes columns is loaded for arrays of objects only. */
export function tableIn(array: readonly unknown[]): Table | undefined {
  return array.length >= FEWEST_ROWS && typeof array[0] === 'object' ? tableOf(array) : undefined;
}

/** Measured: from here on columns are the faster way. */
const FEWEST_ROWS = 200;

function isNew(object: object): boolean {
  seen ??= new Set();
  if (seen.has(object)) return false;
  seen.add(object);
  return true;
}

function isPlainMap(map: object, depth: number): boolean {
  if (!types.isMap(map) || Object.getOwnPropertyNames(map).length > 0) return false;
  if (!isNew(map)) return true;
  others += map.size;
  for (const [key, value] of map) if (!isPlainChild(key, depth) || !isPlainChild(value, depth)) return false;
  return true;
}

function isPlainSet(set: object, depth: number): boolean {
  if (!types.isSet(set) || Object.getOwnPropertyNames(set).length > 0) return false;
  if (!isNew(set)) return true;
  others += set.size;
  for (const value of set) if (!isPlainChild(value, depth)) return false;
  return true;
}

function isPlainChild(value: unknown, depth: number): boolean {
  if (typeof value === 'object' && value !== null) return depth < DEEPEST && isPlain(value, depth + 1);
  return typeof value !== 'function' && typeof value !== 'symbol';
}

function isPlainBytes(value: object): boolean {
  if (types.isArrayBufferView(value)) return !isMarked(value) && isPlainMemory(value.buffer);
  return types.isAnyArrayBuffer(value) && isPlainMemory(value);
}

function isPlainMemory(memory: ArrayBufferLike): boolean {
  hasMemory = true;
  if (memory.byteLength >= LARGE && !types.isSharedArrayBuffer(memory)) large = true;
  return !isMarked(memory) && !isDetached(memory);
}

/** Structured clone drops own properties of these. */
function isBare(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

/** By prototype, so that instances of subclasses are never taken for the builtin. */
const BUILTINS = new Map<unknown, (value: object, depth: number) => boolean>([
  [Map.prototype, isPlainMap],
  [Set.prototype, isPlainSet],
  [Date.prototype, (value) => types.isDate(value) && isBare(value)],
  [RegExp.prototype, (value) => types.isRegExp(value) && value.lastIndex === 0 && isBare(value)],
  [Number.prototype, (value) => types.isNumberObject(value) && isBare(value)],
  [String.prototype, (value) => types.isStringObject(value) && Object.keys(value).length === value.length],
  [Boolean.prototype, (value) => types.isBooleanObject(value) && isBare(value)],
  [BigInt.prototype, (value) => types.isBigIntObject(value) && isBare(value)],
  [ArrayBuffer.prototype, isPlainBytes],
  [SharedArrayBuffer.prototype, isPlainBytes],
  [DataView.prototype, isPlainBytes],
  ...TYPED_ARRAYS.map((type) => [type.prototype, isPlainBytes] as const),
]);
