/**
 * The module that a decorator comes from, by the text of its file, where scopes do not tell: a required module that only decorators use is
 * nowhere when they have run, and compilers that put all on one line (tsx) have their helpers before the imports.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isImportable } from '../functions/entry.js';
import { importsAtHead } from '../functions/import-head.js';
import { loadedThrough } from '../functions/load-order.js';
import { resolveImport } from '../functions/resolve-import.js';
import type { Supply } from '../protocol.js';

/** What a name stands for around the class. */
export type Meaning = Supply | 'captured' | 'global' | 'hidden';

/** Undefined where it is no module that threads import. */
export function moduleFor(name: string, meaning: Meaning, { text, file }: { text: string; file: string }): Supply | undefined {
  const escaped = name.replaceAll('$', '\\$');
  if (meaning === 'hidden') return requiredAs(name, escaped, text, file);
  return meaning === 'captured' ? importedAs(name, escaped, text, file) : undefined;
}

/** `const x_1 = require('x')`, perhaps in a helper that makes an ES module of it. */
function requiredAs(name: string, escaped: string, text: string, file: string): Supply | undefined {
  const pattern = new RegExp(`(?<![\\w$.])${escaped}\\s*=\\s*([\\w$.]+\\()?\\s*require\\((["'])([^"'\\n]+)\\2`);
  const [, wrapper = '', , specifier] = pattern.exec(text) ?? [];
  // The helper may make another default export than the module has.
  if (specifier === undefined || (wrapper !== '' && text.includes(`${name}.default`))) return undefined;
  try {
    const found = createRequire(file).resolve(specifier);
    return isImportable(found) ? { name, what: 'required', file: found, after: loadedThrough(found) } : undefined;
  } catch {
    return undefined;
  }
}

function importedAs(name: string, escaped: string, text: string, file: string): Supply | undefined {
  const at = text.search(new RegExp(`(?<![\\w$.])import[^;'"()]*(?<![\\w$])${escaped}(?![\\w$])[^;'"()]*from\\s*["']`));
  const [found] = at < 0 ? [] : importsAtHead(text.slice(at));
  const imported = found?.names.find(({ local }) => local === name)?.imported;
  if (found === undefined || imported === undefined) return undefined;
  const target = resolveImport(found.specifier, file);
  if (target?.startsWith('file:') !== true || !isImportable(fileURLToPath(target))) return undefined;
  return { name, what: 'import', specifier: found.specifier, member: imported };
}
