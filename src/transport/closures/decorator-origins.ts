/**
 * What a name in a decorator stands for, where a class was written: by the scopes around the class, and by the text of its file where scopes
 * do not tell. A required module that only decorators use is nowhere when they have run, and compilers that put all on one line (tsx) have
 * their helpers before the imports.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isImportable } from '../functions/entry.js';
import { importsAtHead } from '../functions/import-head.js';
import { loadedThrough } from '../functions/load-order.js';
import { resolveImport } from '../functions/resolve-import.js';
import type { Supply } from '../protocol.js';
import { namePattern } from '../syntax/name-pattern.js';
import type { Node } from '../syntax/parse.js';
import { type Declaration, declarationOf } from '../syntax/steady-texts.js';

/** What the scopes around the class say of a name. `kept`: a variable with an object in it that may be somebody's notes. */
export type Meaning = Supply | 'captured' | 'kept' | 'global' | 'hidden';

export type Origin =
  /** `class`: the class itself. `nowhere`: nothing shows what it is. */
  | { readonly from: 'class' | 'global' | 'nowhere' }
  /** A variable that is in scope: it crosses as those that the class itself uses. `uses`: what a function in it takes from around it. */
  | { readonly from: 'scope'; readonly isImport: boolean; readonly isKept: boolean; readonly uses: readonly string[] }
  /** A module, which only the file's text shows. */
  | { readonly from: 'module'; readonly isImport: boolean; readonly supply: Supply }
  /** An enum, a plain constant or a function, which the file's text shows. */
  | ({ readonly from: 'text' } & Declaration);

export interface File {
  readonly text: string;
  readonly path: string;
  /** What a variable was set to, if that happened once. */
  readonly valueIn: (name: string) => Node | undefined;
}

/** `selves`: the names of the class. */
export function originOf(name: string, selves: readonly string[], meaning: Meaning, file: File): Origin {
  if (selves.includes(name)) return { from: 'class' };
  if (meaning === 'global') return { from: 'global' };
  if (typeof meaning === 'object') return { from: 'scope', isImport: isImport(meaning), isKept: false, uses: [] };
  const supply = (meaning === 'hidden' ? requiredAs(name, file) : undefined) ?? importedByVite(name, file) ?? importedAs(name, file);
  if (supply !== undefined) return { from: 'module', isImport: isImport(supply), supply };
  const declared = declarationOf(name, file.text, file.valueIn(name));
  if (meaning !== 'hidden') return { from: 'scope', isImport: false, isKept: meaning === 'kept', uses: declared?.uses ?? [] };
  return declared === undefined ? { from: 'nowhere' } : { from: 'text', ...declared };
}

function isImport({ what }: Supply): boolean {
  return what === 'import' || what === 'required' || what === 'interop';
}

/** `const x_1 = require('x')`, perhaps in a helper that makes an ES module of it. */
function requiredAs(name: string, { text, path }: File): Supply | undefined {
  const pattern = new RegExp(
    `(?<![\\w$.])${namePattern(name)}\\s*=\\s*([\\w$.]+\\(|\\(0,\\s*[\\w$.]+\\)\\()?\\s*require\\((["'])([^"'\\n]+)\\2`,
  );
  const [, wrapper = '', , specifier] = pattern.exec(text) ?? [];
  // The helper may make another default export than the module has.
  if (specifier === undefined || (wrapper !== '' && text.includes(`${name}.default`))) return undefined;
  try {
    const found = createRequire(path).resolve(specifier);
    return isImportable(found) ? { name, what: 'required', file: found, after: loadedThrough(found) } : undefined;
  } catch {
    return undefined;
  }
}

/** Vitest's and vite-node's: `const __vite_ssr_import_0__ = await __vite_ssr_import__("class-validator", …)`. */
function importedByVite(name: string, { text, path }: File): Supply | undefined {
  if (!/^__vi\w*_import_\d+__$/.test(name)) return undefined;
  const [, , given] = new RegExp(`(?<![\\w$.])${name}\\s*=\\s*await\\s+__\\w+\\((["'])([^"'\\n]+)\\1`).exec(text) ?? [];
  if (given === undefined) return undefined;
  // A path from its root looks like one from the disk's.
  const absolute = given.replace(/^\/@fs(?=\/)/, '');
  const specifier = absolute.startsWith('/') && !existsSync(absolute) ? join(process.cwd(), absolute) : absolute;
  return importFrom(specifier, '*', name, path);
}

function importedAs(name: string, { text, path }: File): Supply | undefined {
  const at = text.search(new RegExp(`(?<![\\w$.])import[^;'"()]*(?<![\\w$])${namePattern(name)}(?![\\w$])[^;'"()]*from\\s*["']`));
  const [found] = at < 0 ? [] : importsAtHead(text.slice(at));
  const imported = found?.names.find(({ local }) => local === name)?.imported;
  return found === undefined || imported === undefined ? undefined : importFrom(found.specifier, imported, name, path);
}

function importFrom(specifier: string, member: string, name: string, path: string): Supply | undefined {
  const target = resolveImport(specifier, path);
  if (target?.startsWith('file:') !== true || !isImportable(fileURLToPath(target))) return undefined;
  return { name, what: 'import', specifier: specifier.startsWith('/') ? target : specifier, member };
}
