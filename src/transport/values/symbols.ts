/** How a symbol crosses: by its name where every thread has it, else made anew, once for all that a call has of it. */
import type { AnyFunction } from '../any-function.js';
import type { Special } from '../packed.js';
import { constructorOf } from './class-state.js';
import { isNatural, nameOfShared } from './prototypes.js';
import { prototypeOf } from './read.js';
import type { Walk } from './walk.js';

/** `record`: it is a symbol of that record of `node:fs`. Undefined for one that only this thread has. */
export function symbolSpecial(symbol: symbol, record: string | undefined): Special | undefined {
  if (record !== undefined) return { kind: 'symbol', of: record, name: symbol.description ?? '' };
  const name = Symbol.keyFor(symbol);
  if (name !== undefined) return { kind: 'symbol', of: 'registry', name };
  const wellKnown = Object.getOwnPropertyNames(Symbol).find((key) => Reflect.get(Symbol, key) === symbol);
  return wellKnown === undefined ? undefined : { kind: 'symbol', of: 'Symbol', name: wellKnown };
}

/** Of one that a class compares with: its module has it in a variable, mostly, as the thread's own module has another. Undefined for all others. */
export function referenceToSymbol(walk: Walk, symbol: symbol): number | undefined {
  const known = walk.reference(symbol);
  if (known !== undefined || walk.options.noticeSymbols === undefined) return known;
  for (const [prototype, dressed] of walk.dresses) {
    const type = typeof dressed === 'number' ? constructorOf(prototype) : undefined;
    if (type !== undefined) walk.options.noticeSymbols(type, [symbol]);
  }
  walk.options.noticeSymbols(undefined, [symbol]);
  return walk.reference(symbol);
}

export function uniqueSymbol(symbol: symbol): Special {
  const { description } = symbol;
  return description === undefined ? { kind: 'unique symbol' } : { kind: 'unique symbol', name: description };
}

/** Of symbols on an object: its class, or a method, may lead to the module that has them. */
export function noticeSymbols(walk: Walk, value: object, symbols: readonly symbol[]): void {
  const prototype = prototypeOf(walk, value);
  const type = prototype === null ? undefined : constructorOf(prototype);
  if (type !== undefined && !isNatural(prototype) && nameOfShared(prototype as object) === undefined)
    walk.options.noticeSymbols?.(type, symbols);
  else {
    const methods = walk.captured ? someMethodsOf(value) : [];
    for (const method of methods) walk.options.noticeSymbols?.(method, symbols);
    if (methods.length === 0) walk.options.noticeSymbols?.(undefined, symbols);
  }
}

/** A plain object's own: they use the symbols, mostly. */
function someMethodsOf(value: object): readonly AnyFunction[] {
  const values = Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value as unknown);
  return values.filter((each) => typeof each === 'function').slice(0, ENOUGH_METHODS) as AnyFunction[];
}

/** A guess. */
const ENOUGH_METHODS = 3;
