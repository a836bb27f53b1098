/**
 * This process's numbers for descriptions, and the way back from a number to the function that it was given to.
 */

import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';
import { setImmediate } from '../own/own-globals.js';
import type { FunctionDescription } from '../protocol.js';

/** A number no other description has. Never 0, which on the wire means "the function is in the payload". */
export function nextId(): number {
  return ++last;
}

/** Numbers a description that stands for this one function, so that a thread's answer about the number finds the function again. */
export function numberFor(fn: AnyFunction, description: FunctionDescription): Described {
  const id = nextId();
  functions.set(id, new WeakRef(fn));
  lastsWith(fn, id);
  return { id, description };
}

/**
 * The number is that of several functions, maybe: the way back leads to `fn` if it is the only one so far, or as good as any, for they
 * capture nothing; else nowhere.
 */
export function alsoNumbers(id: number, fn: AnyFunction, areAlike: boolean): void {
  const known = functions.get(id);
  functions.set(id, areAlike || known === undefined || known.deref() === fn ? new WeakRef(fn) : nobody);
}

/** The live function behind a number of `numberFor`, for results that hand it back. */
export function functionOf(id: number): AnyFunction | undefined {
  return functions.get(id)?.deref();
}

/** The description is good for as long as `holder` lives. */
export function lastsWith(holder: WeakKey, id: number): void {
  collected.register(holder, id);
}

/** Tells of ids that have become unreachable, many at a time, for every thread that knows them. Returns the way to stop it. */
export function onForgotten(listener: (ids: readonly number[]) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tellForgotten(): void {
  const ids = forgotten;
  forgotten = [];
  for (const listener of listeners) listener(ids);
}

let last = 0;
let forgotten: number[] = [];
const listeners = new Set<(ids: readonly number[]) => void>();
export const functions = new Map<number, { deref(): AnyFunction | undefined }>();
const nobody = { deref: () => undefined };
const collected = new FinalizationRegistry<number>((id) => {
  functions.delete(id);
  // Collected functions come by the thousand, one callback each.
  if (forgotten.push(id) === 1) setImmediate(tellForgotten).unref();
});
