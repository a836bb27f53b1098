/**
 * This library's own functions: a thread has them under the same address, wherever they are met. Looking for it would find it too,
 * but not in test runners that load the files of a repository in ways of their own.
 */
import type { AnyFunction } from '../any-function.js';
import type { ReferencedFunction } from '../protocol.js';

/** `module` is the `import.meta.url` of the file that exports it under its name. */
export function ownFunction<F extends AnyFunction>(fn: F, module: string, name: string = fn.name): F {
  places.set(fn, { way: 'reference', module, path: [name], loader: 'import' });
  return fn;
}

export function ownPlace(fn: AnyFunction): ReferencedFunction | undefined {
  return places.get(fn);
}

const places = new WeakMap<AnyFunction, ReferencedFunction>();
