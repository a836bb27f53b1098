/**
 * Bound functions and partials in a thread: the shell first, its parts when the call's values are decoded.
 */
import type { Rebuilt } from '../described.js';
import { matchNamed } from '../functions/named.js';
import type { BoundFunction } from '../protocol.js';

export function rebuildBound({ name, named }: BoundFunction): Rebuilt {
  let parts: readonly unknown[] = [];
  const apply = (rest: readonly unknown[]): unknown => {
    const [target, thisArg, ...bound] = parts as [Function, unknown, ...unknown[]];
    const args = named === true ? matchNamed(target, bound[0] as Record<string, unknown>) : bound;
    return Reflect.apply(target, thisArg, [...args, ...rest]);
  };
  // A `function`, not an arrow: bound classes are called with `new` too.
  const fn = function (...rest: unknown[]): unknown {
    return new.target === undefined ? apply(rest) : Reflect.construct(parts[0] as Function, [...parts.slice(2), ...rest]);
  };
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  return { fn, fill: (captures) => void (parts = captures) };
}
