/**
 * Source texts of functions that were looked for everywhere and are no one's export. A closure made anew at each call is another
 * function with the same text: it need not be looked for again. (An export that shares a local function's text to the letter would
 * go by value, which gives the same results.)
 */
import { sourceOf } from './fingerprint.js';

export function isKnownLocal(fn: Function): boolean {
  return texts.has(sourceOf(fn));
}

export function rememberLocal(fn: Function): void {
  const text = sourceOf(fn);
  if (text.length > longestText) return;
  if (texts.size >= mostTexts) texts.clear();
  texts.add(text);
}

const texts = new Set<string>();
/** Together they bound the memory at some megabytes; programs pass some dozen functions, not thousands. */
const longestText = 5_000;
const mostTexts = 1_000;
