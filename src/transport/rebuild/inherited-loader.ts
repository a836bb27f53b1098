/**
 * Programs run by tsx: parts of its loader keep out of worker threads unless they are asked in, so a thread could not import their
 * modules. Which parts do is a matter of the versions of tsx and Node. Asked in twice, it would compile what it has compiled: classes
 * would have another text than here, and not be found.
 *
 * Other loaders that were given by `--import` or `--require` are given to threads too, by Node itself.
 */
import { createRequire, Module } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveImport } from '../functions/resolve-import.js';

/** Before a thread's first import. Cost: nothing without tsx; with it some 50 ms a thread. */
export function inheritLoader(): void {
  if (isDone) return;
  isDone = true;
  const near = tsxIn([process.env.NODE_OPTIONS ?? '', ...process.execArgv]);
  if (near === undefined) return;
  try {
    if (!hasModules()) register('tsx/esm/api', near);
    if (!hasCommonJs()) register('tsx/cjs/api', near);
  } catch {
    // A version without these: modules that Node cannot load by itself will say so when they are imported.
  }
}

/** It says nowhere whether it has hooked itself into `import`. When it does, it puts this before `require`'s search, as its last. */
function hasModules(): boolean {
  const { _resolveFilename, registerHooks } = Module as unknown as { _resolveFilename?: unknown; registerHooks?: unknown };
  if (typeof registerHooks !== 'function' || typeof _resolveFilename !== 'function' || !hasCommonJs()) return false;
  return ADDED_FOR_MODULES.test(Function.prototype.toString.call(_resolveFilename));
}

function hasCommonJs(): boolean {
  const count: unknown = Reflect.get(globalThis, Symbol.for('tsx:global-cjs-loader-count'));
  return typeof count === 'number' && count > 0;
}

/** As `import` finds it: what `require` would find of `tsx/esm/api` looks for its own files in the wrong place. */
function register(name: string, near: string): void {
  const url = resolveImport(name, near);
  if (url !== undefined) (createRequire(near)(fileURLToPath(url)) as Api).register();
}

/** A path from which `tsx` resolves: inside the package itself, or in the folder where `--import tsx` was given. */
function tsxIn(flags: readonly string[]): string | undefined {
  for (const flag of flags) {
    const [, own] = /(?:^|[=\s])(\S*[\\/]tsx[\\/]dist[\\/])/.exec(flag) ?? [];
    if (own !== undefined) return own.startsWith('file:') ? fileURLToPath(`${own}loader.mjs`) : resolve(own, 'loader.mjs');
    if (/(?:^|[=\s])tsx(?:[/\s]|$)/.test(flag)) return resolve('program.js');
  }
  return undefined;
}

/** `(request, ...rest) => original(translated(request), ...rest)`, minified; what it adds for CommonJS asks whether it is enabled. */
const ADDED_FOR_MODULES = /^\((\w+),\s*\.\.\.(\w+)\)\s*=>\s*\w+\(\w+\(\1\),\s*\.\.\.\2\)$/;

interface Api {
  register(): unknown;
}

let isDone = false;
