/**
 * Source texts of functions that were looked for everywhere and are no one's export. A closure made anew at each call is another
 * function with the same text: it need not be looked for again. (An export that shares a local function's text to the letter goes
 * by value, which gives the same results.)
 */
import type { AnyFunction } from '../any-function.js';
import { fingerprint } from './fingerprint.js';

export function isKnownLocal(fn: AnyFunction): boolean {
  return (texts.get(fingerprint(fn)) ?? 0) >= CONVINCING;
}

export function rememberLocal(fn: AnyFunction): void {
  if (texts.size >= MOST_TEXTS) texts.clear();
  const text = fingerprint(fn);
  texts.set(text, (texts.get(text) ?? 0) + 1);
}

/** Of several functions with one text, as generators of functions make them, some may be exports. */
export function rememberExport(fn: AnyFunction): void {
  texts.set(fingerprint(fn), Number.NEGATIVE_INFINITY);
}

const texts = new Map<number, number>();
/** Functions. A guess. */
const CONVINCING = 6;
/** Bounds what programs that generate functions without end can make us keep: some hundred kilobytes. */
const MOST_TEXTS = 10_000;
