/**
 * Reads a function's head where V8 says that the function begins: at the parenthesis before its parameters, at the only parameter of an
 * arrow, at the head of a class. Works on the text alone, for what runs may be any loader's product.
 */

import { offsetOf, type Place } from './offsets.js';

export function isArrow(source: string, place: Place): boolean {
  const head = source.slice(offsetOf(source, place));
  if (!head.startsWith('(')) return /^[\w$]+\s*=>/.test(head);
  return /^\s*=>/.test(head.slice(closing(head, 0) + 1));
}

/** The names; undefined where one is a pattern, for which there is no name to ask by. */
export function parametersAt(source: string, place: Place): string[] | undefined {
  const head = source.slice(offsetOf(source, place));
  if (!head.startsWith('(')) return /^[\w$]+/.exec(head)?.slice(0, 1) ?? [];
  const inside = head.slice(1, closing(head, 0)).trim();
  if (inside === '') return [];
  const names = inside.split(',').map((part) => /^\s*(\.\.\.)?[\w$]+\s*$/.exec(part)?.[0].trim());
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** Whether `async` stands before it. */
export function looksAsync(source: string, place: Place): boolean {
  const offset = offsetOf(source, place);
  const before = source.slice(Math.max(0, offset - LONGEST_HEAD), offset);
  return /\basync\s+(function\b\s*)?\*?\s*(#?[\w$]+|\[[^\]]*\])?\s*$/.test(before);
}

/** The offset of the bracket that closes the one at `open`; strings are skipped, regular expressions are not known. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const character = text[i] ?? '';
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) return i;
    else if (`'"\``.includes(character)) i = endOfString(text, i);
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[start]) return i;
  }
  return text.length;
}

const LONGEST_HEAD = 120;
