/**
 * What a name in a decorator stands for, where a class was written: by the scopes around the class, and by the text of its file where scopes
 * do not tell. A required module that only decorators use is nowhere when they have run, and compilers that put all on one line (tsx) have
 * their helpers before the imports.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isImportable } from '../functions/entry.js';
import { importsAtHead } from '../functions/import-head.js';
import { loadedThrough } from '../functions/load-order.js';
import { resolveImport } from '../functions/resolve-import.js';
import type { Supply } from '../protocol.js';
import { declarationOf } from './steady-texts.js';

/** What the scopes around the class say of a name. */
export type Meaning = Supply | 'captured' | 'global' | 'hidden';

export type Origin =
  /** `class`: the class itself. `nowhere`: nothing shows what it is. */
  | { readonly from: 'class' | 'global' | 'nowhere' }
  /** A variable that is in scope: it crosses as those that the class itself uses. */
  | { readonly from: 'scope'; readonly isImport: boolean }
  /** A module, which only the file's text shows. */
  | { readonly from: 'module'; readonly isImport: boolean; readonly supply: Supply }
  /** An enum or a plain constant, which only the file's text shows. */
  | { readonly from: 'text'; readonly declaration: string };

interface File {
  readonly text: string;
  readonly path: string;
}

/** `selves`: the names of the class. */
export function originOf(name: string, selves: readonly string[], meaning: Meaning, file: File): Origin {
  if (selves.includes(name)) return { from: 'class' };
  if (meaning === 'global') return { from: 'global' };
  if (typeof meaning === 'object') return { from: 'scope', isImport: isImport(meaning) };
  const supply = meaning === 'hidden' ? requiredAs(name, file) : importedAs(name, file);
  if (supply !== undefined) return { from: 'module', isImport: isImport(supply), supply };
  if (meaning === 'captured') return { from: 'scope', isImport: false };
  const declaration = declarationOf(name, file.text);
  return declaration === undefined ? { from: 'nowhere' } : { from: 'text', declaration };
}

function isImport({ what }: Supply): boolean {
  return what === 'import' || what === 'required' || what === 'interop';
}

/** `const x_1 = require('x')`, perhaps in a helper that makes an ES module of it. */
function requiredAs(name: string, { text, path }: File): Supply | undefined {
  const pattern = new RegExp(`(?<![\\w$.])${escaped(name)}\\s*=\\s*([\\w$.]+\\()?\\s*require\\((["'])([^"'\\n]+)\\2`);
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

function importedAs(name: string, { text, path }: File): Supply | undefined {
  const at = text.search(new RegExp(`(?<![\\w$.])import[^;'"()]*(?<![\\w$])${escaped(name)}(?![\\w$])[^;'"()]*from\\s*["']`));
  const [found] = at < 0 ? [] : importsAtHead(text.slice(at));
  const imported = found?.names.find(({ local }) => local === name)?.imported;
  if (found === undefined || imported === undefined) return undefined;
  const target = resolveImport(found.specifier, path);
  if (target?.startsWith('file:') !== true || !isImportable(fileURLToPath(target))) return undefined;
  return { name, what: 'import', specifier: found.specifier, member: imported };
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}
