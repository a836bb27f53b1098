/** A number for each function of its own, beside that of its description, which others of the same place share. */
import type { AnyFunction } from '../any-function.js';
import { functions, nextId } from './ids.js';

/** A result that hands the function back leads to it by this. Threads are not told when it ends: they keep nothing under it. */
export function ownNumberOf(fn: AnyFunction): number {
  let number = numbers.get(fn);
  if (number === undefined) {
    number = nextId();
    numbers.set(fn, number);
    functions.set(number, new WeakRef(fn));
    ended.register(fn, number);
  }
  return number;
}

const numbers = new WeakMap<AnyFunction, number>();
const ended = new FinalizationRegistry<number>((number) => void functions.delete(number));
