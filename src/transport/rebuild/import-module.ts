/**
 * The one place where a thread loads modules for the functions that cross by reference.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ownRequire } from '../own/own-require.js';

/** An ES module's namespace (`after`: see `ReferencedFunction`), or that of a CommonJS module with its exports under `default`. */
export function importModule(url: string, after?: string): Promise<object> {
  if (after === undefined) return import(url) as Promise<object>;
  // Whatever is wrong with that one: this one is asked for.
  return import(pathToFileURL(after).href).then(undefined, () => undefined).then(() => import(url) as Promise<object>);
}

/** `module.exports`, at once. */
export function requireModule(url: string, after?: string): unknown {
  try {
    if (after !== undefined) ownRequire(after);
  } catch {
    // This one is asked for.
  }
  return ownRequire(fileURLToPath(url));
}
