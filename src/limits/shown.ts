/**
 * What `console.log` shows of an executor or a limit: what there is to know stands behind getters, which `util.inspect` does not look at.
 */
import type { InspectOptions, inspect } from 'node:util';

const SHOW = Symbol.for('nodejs.util.inspect.custom');

/** Instances of `made` are shown as their class's name and `parts`. */
export function shownBy<T extends object>(made: { readonly prototype: T }, parts: (each: T) => object): void {
  const value = function (this: T, _depth: number, options: InspectOptions, show: typeof inspect): string {
    return `${this.constructor.name} ${show(partsOf(this, parts), options)}`;
  };
  Object.defineProperty(made.prototype, SHOW, { value, configurable: true });
}

/** An object that only inherits from one has none, and is no reason for `console.log` to throw. */
function partsOf<T extends object>(each: T, parts: (each: T) => object): object {
  try {
    return parts(each);
  } catch {
    return {};
  }
}
