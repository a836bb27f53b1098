/**
 * Programs run by tsx: its loader keeps out of worker threads unless it is asked in, so a thread could not import their modules.
 *
 * Other loaders that were given by `--import` or `--require` are given to threads too, by Node itself.
 */
import { createRequire } from 'node:module';
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
    register('tsx/esm/api', near);
    register('tsx/cjs/api', near);
  } catch {
    // A version without these: modules that Node cannot load by itself will say so when they are imported.
  }
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

interface Api {
  register(): unknown;
}

let isDone = false;
