/**
 * Finds a function among what the files on the stack import: how users name it themselves, and the module that they know it from
 * (a package's main file, where an inner one defines it). No inspector, no evaluation: identity with what is loaded.
 */

import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import type { NamedFunction, ReferencedFunction } from '../protocol.js';
import { nameIn } from './by-name.js';
import { type CallSite, callSites } from './call-site.js';
import { inRequired } from './commonjs.js';
import { isImportable } from './entry.js';
import { fingerprint } from './fingerprint.js';
import { importsAtHead } from './import-head.js';
import { loadedNamespace } from './loaded-namespace.js';
import { ownName, pathTo } from './members.js';
import { isModuleFile } from './module-kind.js';
import { resolveImport } from './resolve-import.js';

/** Cost: the stack, some 10 µs; and once a file on it, reading its imports, 0.1 to 1 ms. */
export function importedBySomeCaller(fn: AnyFunction): NamedFunction | ReferencedFunction | undefined {
  const name = ownName(fn);
  for (const site of callSites()) {
    for (const imported of importsOf(site)) {
      const found = inImported(imported, fn) ?? byItsImportedName(imported, name, fn);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** One module that a file imports. */
export interface Imported {
  readonly url: string;
  readonly names: readonly { readonly imported: string; readonly local: string }[];
  /**
   * 'loaded': an ES module whose import stands at the head of a module that runs, so Node has loaded it.
   * 'untold': an ES module that may or may not be what the import led to: a loader, or a test runner that transformed the file, had its say.
   * 'cached': everything else, which is looked for in `require.cache`.
   */
  readonly state: 'loaded' | 'untold' | 'cached';
}

function inImported({ url, state }: Imported, fn: AnyFunction): NamedFunction | ReferencedFunction | undefined {
  if (url.startsWith('node:')) return nameIn(url, fn);
  const file = fileURLToPath(url);
  const required = inRequired(file, fn);
  if (required !== undefined || state !== 'loaded') return required;
  const path = pathTo(loadedNamespace(url), fn);
  return path && isImportable(file) ? { way: 'reference', module: url, path, loader: 'import', source: fingerprint(fn) } : undefined;
}

/**
 * Where the namespace cannot be had (the module awaits at its top level, is still being evaluated, or may not be loaded): a function that bears the name under which the caller imports it. A lead; the thread compares the source text.
 */
function byItsImportedName({ url, names, state }: Imported, name: string, fn: AnyFunction): ReferencedFunction | undefined {
  if (name === '' || state === 'cached' || (state === 'loaded' && loadedNamespace(url) !== undefined)) return undefined;
  const match = names.find(({ imported, local }) =>
    imported === 'default' ? local === name || name === 'default' : imported === name || local === name,
  );
  if (match === undefined || match.imported === '*' || !isImportable(fileURLToPath(url))) return undefined;
  return { way: 'reference', module: url, path: [match.imported], loader: 'import', source: fingerprint(fn) };
}

/** What a file on the stack imports, read once. */
export function importsOf(site: CallSite): readonly Imported[] {
  const known = importsByFile.get(site.file);
  if (known !== undefined) return known;
  const imports = readImports(site);
  importsByFile.set(site.file, imports);
  return imports;
}

function readImports({ file, isModule }: CallSite): Imported[] {
  const text = textOf(file);
  if (text === undefined) return [];
  const imports = importsAtHead(text).flatMap(({ specifier, names }): Imported[] => {
    const url = resolveImport(specifier, file);
    return url === undefined ? [] : [{ url, names, state: stateOf(url, isModule) }];
  });
  return [...imports, ...requiresIn(text, file)];
}

function stateOf(url: string, importerIsModule: boolean): Imported['state'] {
  if (!url.startsWith('file:') || !isModuleFile(fileURLToPath(url))) return 'cached';
  if (importerIsModule) return mayBeRedirected ? 'untold' : 'loaded';
  // Test runners mostly leave installed packages to Node.
  return url.includes('/node_modules/') ? 'untold' : 'cached';
}

/** What CommonJS requires. The text may mislead as it likes: these are looked up among the loaded modules only. */
function requiresIn(text: string, file: string): Imported[] {
  // Not by an import: webpack would replace the call by nothing.
  const { resolve } = process.getBuiltinModule('node:module').createRequire(file);
  return [...text.matchAll(/\brequire\(\s*(["'])([^"'\n]+)\1\s*\)/g)].flatMap(([, , specifier = '']): Imported[] => {
    try {
      const resolved = resolve(specifier);
      return [
        { url: isBuiltin(resolved) ? `node:${resolved.replace('node:', '')}` : pathToFileURL(resolved).href, names: [], state: 'cached' },
      ];
    } catch {
      return [];
    }
  });
}

/** Undefined where it is gone or no longer what runs. */
function textOf(file: string): string | undefined {
  try {
    return statSync(file).mtimeMs > performance.timeOrigin ? undefined : readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Loaders and mocks make other modules of imports; those that a program registers by itself leave no trace. */
const mayBeRedirected = [process.env.NODE_OPTIONS ?? '', ...process.execArgv].some((flag) =>
  /--(?:import|(?:experimental-)?loader|experimental-test-module-mocks)\b/.test(flag),
);
const importsByFile = new Map<string, readonly Imported[]>();
