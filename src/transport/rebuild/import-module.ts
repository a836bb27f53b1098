/**
 * The one place where a thread loads modules for the functions that cross by reference.
 */
import { fileURLToPath } from 'node:url';
import { ownRequire } from '../own-require.js';

/** An ES module's namespace, or that of a CommonJS module with its exports under `default`. */
export function importModule(url: string): Promise<object> {
  return import(url) as Promise<object>;
}

/** `module.exports`, at once. */
export function requireModule(url: string): unknown {
  return ownRequire(fileURLToPath(url));
}
