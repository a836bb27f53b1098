import { fromModule as named } from '../transport/functions/from-module.js';
import type { Fn } from './submit.js';

/** The functions of a module. */
export type ModuleFunctions<M extends object> = { readonly [K in keyof M as M[K] extends Fn ? K : never]: M[K] };

/**
 * Functions named by their module, without loading it here: for bundled programs, and for modules too heavy to import on this thread.
 * Never make `module` out of a user's input: a thread runs what it names.
 *
 * @param module A URL, an absolute path, or a package's name.
 * @throws TypeError for a relative path, and for a package that is not installed.
 * @example
 * run(fromModule<typeof import('./report.js')>(new URL('./report.js', import.meta.url)).render, rows);
 */
export function fromModule<M extends object>(module: URL | string): ModuleFunctions<M> {
  return named<M>(module);
}
