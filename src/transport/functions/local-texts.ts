/**
 * Source texts of functions that were looked for everywhere and are no one's export. A closure made anew at each call is another
 * function with the same text: it need not be looked for again. (An export that shares a local function's text to the letter goes
 * by value, which gives the same results.)
 */
import type { AnyFunction } from '../any-function.js';
import { fingerprint } from './fingerprint.js';

export function isKnownLocal(fn: AnyFunction): boolean {
  return texts.has(fingerprint(fn));
}

export function rememberLocal(fn: AnyFunction): void {
  if (texts.size >= mostTexts) texts.clear();
  texts.add(fingerprint(fn));
}

const texts = new Set<number>();
/** Bounds what programs that generate functions without end can make us keep: some hundred kilobytes. */
const mostTexts = 10_000;
