/** How a symbol crosses: by its name where every thread has it, else made anew, once for all that a call has of it. */
import type { Special } from '../packed.js';
import { constructorOf } from './class-state.js';
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
