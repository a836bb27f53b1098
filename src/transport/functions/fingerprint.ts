/**
 * What a function's source text hashes to, so that a thread can tell whether it found the same function.
 *
 * A name or a reference is a claim about another thread's modules: there, the file may have changed since this process loaded it,
 * a patch (`fs.readFileSync = …`) may be missing, an export may be made by another branch. Equal names then lead to other functions.
 * The text is what both sides can compare without running anything. FNV-1a, 32 bits: this guards against mistakes, not against malice.
 *
 * Cost: about 1 ns a character, once a function and thread.
 */
import type { AnyFunction } from '../any-function.js';

export function fingerprint(fn: AnyFunction): number {
  return hashOf(sourceOf(fn));
}

/** The like for an object: which members it has. */
export function memberPrint(object: object): number {
  return hashOf(Object.keys(object).join());
}

/** The like for what it is now: its members, and those of their values that say something by themselves. */
export function statePrint(object: object): number {
  const state = Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, { value }]) => {
    const isPrimitive = (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') || value === null;
    const print = isPrimitive ? String(value) : typeof value === 'function' ? fingerprint(value as AnyFunction) : '';
    return `${name}:${typeof value}:${String(print)}`;
  });
  return hashOf(state.join());
}

/** One member's: of a method or getter its text; undefined where there is none. */
export function printOfMember(holder: object, name: string): number | undefined {
  const member = Object.getOwnPropertyDescriptor(holder, name);
  if (member === undefined) return undefined;
  const code: unknown = member.get ?? member.value;
  return typeof code === 'function' ? fingerprint(code as AnyFunction) : 0;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** The source text, whatever the function's own `toString` says. */
export function sourceOf(fn: AnyFunction): string {
  return textOf.call(fn);
}

/** Has no text: a builtin of the engine, an addon's function, a bound function, a proxy. */
export function isNative(fn: AnyFunction): boolean {
  return NATIVE_TEXT.test(sourceOf(fn));
}

/** By `new Function`, as V8 writes it down: sees only globals, and asking for its place would cost more than it is worth. */
export function isGenerated(text: string): boolean {
  return /^(?:async )?function\*? anonymous\((?:[^\n].*?)?\n\) \{\n/s.test(text);
}

const textOf = Function.prototype.toString;
const NATIVE_TEXT = /\{\s*\[native code\]\s*\}$/;
