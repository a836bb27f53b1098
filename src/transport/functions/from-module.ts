/**
 * Functions named by their module and never loaded here: for bundled programs, and for modules too heavy for this thread.
 */

import { realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nounOf } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { inAllCopies } from '../own/all-copies.js';
import type { ReferencedFunction } from '../protocol.js';
import { callSites } from './call-site.js';
import { resolveImport } from './resolve-import.js';

/**
 * The functions that `module` exports, each to be passed to an executor: `run(fromModule(new URL('./report.js', import.meta.url)).render, rows)`.
 *
 * @param module A URL, an absolute path, or a package's name as the calling file would import it. Never a user's input: a thread runs what it names.
 * @returns An object on which every name is a function; whether the module has it is known when a thread loads it. Members of exports are members here too (`.Report.parse`).
 * @throws {TypeError} For a relative path, which would be relative to nothing in particular, and for a package that is not installed.
 */
export function fromModule<M extends object>(module: URL | string): M {
  return exportsOf(urlOf(module), []) as M;
}

export function isFromModule(fn: AnyFunction): boolean {
  return places.has(fn);
}

/** Undefined for functions that `fromModule` did not make. */
export function exportedBy(fn: AnyFunction): ReferencedFunction | undefined {
  return places.get(fn);
}

function exportsOf(module: string, path: readonly string[]): object {
  const members = new Map<string, object>();
  const proxy = new Proxy(path.length === 0 ? (Object.create(null) as object) : placeholder(module, path), {
    get(target, key, receiver) {
      // Symbols and `then` are asked for by `await`, printers and test frameworks; a function's own members stay its own.
      if (typeof key === 'symbol' || key === 'then' || key in target) return Reflect.get(target, key, receiver) as unknown;
      const member = members.get(key) ?? exportsOf(module, [...path, key]);
      members.set(key, member);
      return member;
    },
    set(_, key) {
      throw new TypeError(`Cannot set ${String(key)}: the functions of fromModule() live in the threads that load ${module}`);
    },
  });
  if (path.length > 0) places.set(proxy as AnyFunction, { way: 'reference', module, path, loader: 'import' });
  return proxy;
}

function placeholder(module: string, path: readonly string[]): AnyFunction {
  const name = path.at(-1) ?? '';
  const refuse = (): never => {
    throw new TypeError(
      `Cannot call ${path.join('.')} here: fromModule() names a function for threads; pass it to runInExecutor, or import it from ${module} to call it on this thread`,
    );
  };
  return Object.defineProperty(refuse, 'name', { value: name, configurable: true });
}

function urlOf(module: unknown): string {
  if (module instanceof URL) return module.href;
  if (typeof module !== 'string')
    throw new TypeError(`Cannot name a module by what is neither a URL nor a string: received ${nounOf(module)}`);
  if (RELATIVE_PATH.test(module)) {
    throw new TypeError(
      `Cannot tell what ${JSON.stringify(module)} is relative to: write fromModule(new URL(${JSON.stringify(module)}, import.meta.url))`,
    );
  }
  if (isAbsolute(module)) return pathToFileURL(module).href;
  if (isBuiltin(module) || A_URL.test(module)) return module;
  return packageUrl(module);
}

/** As the nearest file that calls us would import it, else as a file in the working directory would. */
function packageUrl(specifier: string): string {
  const importers = [...callSites().map(({ file }) => file), `${realpathSync('.')}/program.js`];
  for (const importer of importers) {
    const url = resolveImport(specifier, importer);
    if (url !== undefined) return url;
  }
  throw new TypeError(`Cannot find the package ${JSON.stringify(specifier)} from ${importers[0]}: install it, or name its file with a URL`);
}

const places = inAllCopies('named', () => new WeakMap<AnyFunction, ReferencedFunction>());
const RELATIVE_PATH = /^\.{1,2}(?:[\\/]|$)/;
const A_URL = /^[a-z][a-z\d+.-]+:/i;
