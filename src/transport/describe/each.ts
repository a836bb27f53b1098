/**
 * Functions that apply another to the items of a chunk, with the other's captures of one moment. A marker stands for each of them here.
 */
import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';

/** A marker for what `describe` says; asked at each call, for a thread may not have found a function where it was. */
export function standFor(name: string, describe: () => Described): AnyFunction {
  const marker = (): never => {
    throw new Error('A marker was called. This is a bug in run-in-executor');
  };
  Object.defineProperty(marker, 'name', { value: name, configurable: true });
  markers.set(marker, describe);
  return marker;
}

export function describeEach(fn: AnyFunction): Described | undefined {
  return markers.get(fn)?.();
}

const markers = new WeakMap<AnyFunction, () => Described>();
