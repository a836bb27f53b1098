/**
 * Own properties that structured clone drops: all of an error's, those with symbol keys, those of a Map, a RegExp's `lastIndex`.
 */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import type { Properties } from '../packed.js';
import { isAccessor, putAccessor, staysLive } from './accessors.js';
import { noteAttributes } from './attributes.js';
import { constructorOf } from './class-state.js';
import { EMITTER_STATE, isDomainOf } from './emitter-state.js';
import { recordName } from './file-records.js';
import type { Kind } from './kinds.js';
import { hasHiddenNames, MOST_LISTED } from './named-properties.js';
import { isNatural } from './prototypes.js';
import { read } from './read.js';
import { noticeSymbols } from './symbols.js';
import { wordsInstead } from './unreadable-errors.js';
import type { Walk } from './walk.js';

export function fillProperties(walk: Walk, kind: Kind, value: object, shell: object | number): void {
  if (kind === 'error' || kind === 'exception') {
    fillError(walk, value, shell);
    return;
  }
  const record = kind === 'object' ? recordName(Object.getPrototypeOf(value) as object | null) : undefined;
  const keys = record === undefined ? droppedKeys(walk, kind, value) : Object.getOwnPropertySymbols(value);
  if (keys.length === 0) return;
  const own: Properties = { names: [], values: [], hidden: 0 };
  const isUnasked =
    kind === 'object' || kind === 'array'
      ? record === undefined && isPassedData(walk, value)
      : walk.options.outbound !== true || (!walk.captured && isNatural(Object.getPrototypeOf(value)));
  const { trail } = walk;
  for (const key of keys) {
    const isHidden = !isEnumerable(value, key);
    const { length } = own.names;
    trail.push(key);
    if (isHidden && (isUnasked || (walk.options.outbound !== true && (typeof key === 'symbol' || isAccessor(value, key)))))
      addUnasked(walk, own, key, value);
    // Nobody asked for it: what cannot cross under it stays.
    else if (typeof key === 'symbol' && record === undefined && walk.options.outbound !== true && !crosses(key))
      addIfSendable(walk, own, key, value);
    else if (!staysLive(walk, value, key) || !addAccessor(walk, own, value, key)) add(walk, own, key, read(walk, value, key), record);
    if (walk.captured && own.names.length > length) noteAttributes(own, Object.getOwnPropertyDescriptor(value, key));
    if (isHidden) own.hidden = own.names.length;
    trail.pop();
  }
  if (own.names.length > 0) walk.notes.patches.push({ kind: 'properties', target: shell as object, own });
}

/** Of plain data, what no loop shows: the methods that a package hangs on it, a link to where it comes from. What cannot cross stays behind; no getter runs. */
function addUnasked(walk: Walk, own: Properties, key: string | symbol, value: object): void {
  const { length } = own.names;
  if (isAccessor(value, key)) addAccessor(walk, own, value, key);
  else addIfSendable(walk, own, key, value);
  if (own.names.length === length) walk.options.noteLoss?.(String(key));
}

/** Plain data, in an argument or in a result. */
function isPassedData(walk: Walk, value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !walk.captured && !walk.prototypes.has(value) && (prototype === Object.prototype || prototype === Array.prototype);
}

function addAccessor(walk: Walk, own: Properties, value: object, key: string | symbol): boolean {
  const index = own.names.length;
  if (!isEnumerable(value, key) && !isNatural(Object.getPrototypeOf(value))) noteOwnAccessor(walk, value, key);
  if (!putAccessor(walk, own.values, value, key)) return false;
  own.names.push(typeof key === 'symbol' ? walk.symbol(key) : key);
  own.accessors = [...(own.accessors ?? []), index];
  return true;
}

function noteOwnAccessor({ options }: Walk, value: object, key: string | symbol): void {
  const { get, set } = Object.getOwnPropertyDescriptor(value, key) ?? {};
  for (const fn of [get, set]) if (fn !== undefined) options.noteAccessor?.(fn as AnyFunction);
}

/** The hidden ones first. */
function droppedKeys(walk: Walk, kind: Kind, value: object): (string | symbol)[] {
  const symbols = Object.getOwnPropertySymbols(value);
  if (kind === 'array') return besideItems(walk, value as readonly unknown[], symbols);
  if (kind === 'object' && walk.options.outbound === true) return keysOfCall(walk, value, symbols);
  const isSubclass = !isNatural(Object.getPrototypeOf(value));
  if (isSubclass && walk.options.outbound === true && kind !== 'regexp')
    return [...hiddenNames(value), ...shownNames(value), ...symbols.filter((symbol) => isEnumerable(value, symbol))];
  const registered = symbols.filter(crosses);
  const keys: (string | symbol)[] = registered.filter((symbol) => isEnumerable(value, symbol));
  const outOfSight = registered.filter((symbol) => !isEnumerable(value, symbol));
  if (kind === 'object')
    return [...hiddenState(walk, value), ...outOfSight, ...keys, ...symbols.filter((symbol) => isModules(walk, symbol, value))];
  // A collection that a package closes hides the methods that throw: immer's do.
  const hasHidden = isSubclass ? kind !== 'regexp' : kind === 'map' || kind === 'set';
  const names = hasHidden ? [...hiddenState(walk, value), ...shownNames(value)] : shownNames(value);
  if (kind === 'regexp' && (value as RegExp).lastIndex !== 0) names.unshift('lastIndex');
  return [...names, ...keys];
}

/** A unique symbol that a variable of the class's module holds: it has one on the calling side, too. */
function isModules(walk: Walk, symbol: symbol, value: object): boolean {
  return !crosses(symbol) && isEnumerable(value, symbol) && isKnown(walk, symbol);
}

function isKnown(walk: Walk, symbol: symbol): boolean {
  return walk.options.describeObject?.(symbol) !== undefined;
}

/** Of plain data that is passed, what structured clone would take, and what a package keeps of its instances in it; of all else, everything. */
function keysOfCall(walk: Walk, value: object, symbols: readonly symbol[]): (string | symbol)[] {
  const isData = isPassedData(walk, value);
  const kept = symbols.filter((symbol) => {
    if (!isData) return crosses(symbol) || !EMITTER_STATE.has(symbol);
    return (crosses(symbol) && isEnumerable(value, symbol)) || isModules(walk, symbol, value);
  });
  const hidden = [...hiddenNames(value), ...kept.filter((symbol) => !isEnumerable(value, symbol))];
  const inSight = [...(walk.live.get(value) ?? []), ...(walk.locked.get(value) ?? [])];
  return [...hidden, ...inSight, ...kept.filter((symbol) => isEnumerable(value, symbol))];
}

/** What a subclass defines on itself, the `raw` of a template. */
function besideItems(walk: Walk, array: readonly unknown[], symbols: readonly symbol[]): (string | symbol)[] {
  // Of `arguments`: in strict code its `callee` throws.
  if (types.isArgumentsObject(array)) return [];
  const isNaturalOne = isNatural(Object.getPrototypeOf(array));
  if (isPassedData(walk, array)) return !Object.isExtensible(array) && hasHiddenNames(array) ? namesBeside(array) : [];
  if (walk.options.outbound !== true || (isNaturalOne && array.length > MOST_LISTED)) return [];
  const inSight = symbols.filter((symbol) => isEnumerable(array, symbol));
  return [...namesBeside(array), ...symbols.filter((symbol) => !inSight.includes(symbol)), ...inSight];
}

function namesBeside(array: readonly unknown[]): string[] {
  return hiddenNames(array).filter((name) => name !== 'length');
}

function hiddenNames(value: object): string[] {
  return Object.getOwnPropertyNames(value).filter(
    (name) => !isEnumerable(value, name) && !isOwnLength(value, name) && !isDomainOf(value, name),
  );
}

/** But the characters of a boxed string. */
function shownNames(value: object): string[] {
  const names = Object.keys(value);
  return types.isStringObject(value) ? names.slice(value.length) : names;
}

function isOwnLength(value: object, name: string): boolean {
  return name === 'length' && types.isStringObject(value);
}

/** What a class keeps out of sight of loops, by `defineProperty`, its methods need all the same. */
function hiddenState(walk: Walk, value: object): string[] {
  if (isPassedData(walk, value)) return hiddenNames(value);
  return Object.getOwnPropertyNames(value).filter((name) => {
    const { enumerable, value: state, get } = Object.getOwnPropertyDescriptor(value, name) as PropertyDescriptor;
    return enumerable === false && (state !== undefined || get !== undefined) && !isOwnLength(value, name) && !isDomainOf(value, name);
  });
}

/**
 * Everything that an error carries, `stack` as text. What cannot cross is left out: half a report is better than the news
 * that there was something to report.
 */
function fillError(walk: Walk, error: object, shell: object | number): void {
  const own: Properties = { names: [], values: [], hidden: 0 };
  const symbols = Object.getOwnPropertySymbols(error).filter((symbol) => !crosses(symbol));
  if (symbols.length > 0) noticeSymbols(walk, error, symbols);
  const keys = Reflect.ownKeys(error).filter((key) => typeof key === 'string' || crosses(key) || isKnown(walk, key));
  if (walk.orphans.has(error) && !keys.includes('name')) keys.unshift('name');
  const hidden = keys.filter((key) => !isEnumerable(error, key));
  for (const key of [...hidden, ...keys.filter((key) => !hidden.includes(key))]) {
    const { length } = own.names;
    walk.trail.push(key);
    addIfSendable(walk, own, key, error);
    walk.trail.pop();
    if (own.names.length === length) {
      const words = wordsInstead(error, key);
      if (words !== undefined) add(walk, own, key, words);
      else noteMethod(walk, error, key);
    }
    if (hidden.includes(key)) own.hidden = own.names.length;
  }
  if (typeof shell !== 'number') walk.notes.patches.push({ kind: 'properties', target: shell, own });
  else (walk.notes.specials[shell] as { own: Properties | undefined }).own = own;
}

/** A function that a package has hung on an error: results may have another way for it. */
function noteMethod(walk: Walk, error: object, key: string | symbol): void {
  const method: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
  if (typeof method !== 'function') return;
  const type = constructorOf(Object.getPrototypeOf(error) as object);
  walk.options.noteLoss?.(`${type?.name ?? ''}.${String(key)}`, method as AnyFunction);
}

function addIfSendable(walk: Walk, own: Properties, key: string | symbol, holder: object): void {
  let value: unknown;
  try {
    value = Reflect.get(holder, key);
  } catch {
    return;
  }
  if (key === 'stack' && typeof value !== 'string') return;
  // Of an error something always crosses, and chains of causes may be long: no attempt, for attempts nest.
  const certain = types.isNativeError(value) || value === null || /^(?:string|number|boolean|undefined|bigint)$/.test(typeof value);
  if (certain) add(walk, own, key, value);
  else {
    const { length } = own.names;
    if (!walk.attempt(() => add(walk, own, key, value))) own.names.length = own.values.length = length;
  }
}

function add(walk: Walk, own: Properties, key: string | symbol, value: unknown, record?: string): void {
  const name = typeof key === 'symbol' ? walk.symbol(key, record) : key;
  walk.put(own.values, own.names.length, value);
  own.names.push(name);
}

/** A unique symbol names nothing on another thread; structured clone drops all symbols. */
export function crosses(symbol: symbol): boolean {
  return Symbol.keyFor(symbol) !== undefined || WELL_KNOWN.has(symbol);
}

/** Not by its descriptor, which has the value: the stack of an error is written when it is first read, and asks its name and message, which may throw. */
function isEnumerable(object: object, key: string | symbol): boolean {
  return Object.prototype.propertyIsEnumerable.call(object, key);
}

const WELL_KNOWN: ReadonlySet<unknown> = new Set(Object.getOwnPropertyNames(Symbol).map((name) => Reflect.get(Symbol, name)));
