/**
 * Which module exports an AsyncLocalStorage: identity with what is loaded, as for functions. Evaluates nothing.
 *
 *   the files that made the executor, and what they import ─▶ require.cache ─▶ ES modules that the inspector lists
 *
 * Where a loader or a test runner keeps modules out of reach, the one store that those files import or export is it.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Ways } from '../described.js';
import { type Imported, importsOf } from '../functions/by-import.js';
import type { CallSite } from '../functions/call-site.js';
import { isImportable } from '../functions/entry.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { dataOf } from '../functions/members.js';
import { debugging, listedModules } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { isObject } from '../is-object.js';
import { ownRequire } from '../own/own-require.js';
import type { StandIn } from '../protocol.js';

/** Cost: once a store; some ms where only the inspector's list of modules leads to it. */
export function findStore(store: object, sites: readonly CallSite[], ways: Ways): StandIn | undefined {
  const near = sites.flatMap(modulesAround);
  return (
    first(near, (module) => exportedBy(module, store)) ??
    requiredFrom(store) ??
    (ways === 'any' ? listedFor(store) : undefined) ??
    onlyOneOf(near)
  );
}

type Module = Pick<Imported, 'url' | 'state' | 'names'>;

/** The file itself, which has run, and what it imports. */
function modulesAround(site: CallSite): readonly Module[] {
  const own: Module = { url: pathToFileURL(site.file).href, state: site.isModule ? 'loaded' : 'cached', names: [] };
  return [own, ...importsOf(site).filter(({ url }) => url.startsWith('file:'))];
}

function exportedBy({ url, state }: Module, store: object): StandIn | undefined {
  const file = fileURLToPath(url);
  const exports = ownRequire.cache[file]?.exports ?? (state === 'loaded' ? loadedNamespace(url) : undefined);
  return isImportable(file) ? memberOf(exports, url, store) : undefined;
}

function requiredFrom(store: object): StandIn | undefined {
  return first(Object.keys(ownRequire.cache), (file) => {
    const found = memberOf(ownRequire.cache[file]?.exports, pathToFileURL(file).href, store);
    return found !== undefined && isImportable(file) ? found : undefined;
  });
}

/** Only those are asked whose text speaks of it: each costs up to 1 ms. */
function listedFor(store: object): StandIn | undefined {
  if (!inspectorAvailable()) return undefined;
  debugging(() => undefined);
  return first(
    [...listedModules()].filter((url) => url.startsWith('file:') && textOf(url).includes('AsyncLocalStorage')),
    (url) => exportedBy({ url, state: 'loaded', names: [] }, store),
  );
}

function onlyOneOf(modules: readonly Module[]): StandIn | undefined {
  const found = new Map<string, StandIn>();
  for (const { url, names } of modules) {
    for (const [, member = ''] of textOf(url).matchAll(DECLARATION)) {
      const isNamed = names.length === 0 || names.some(({ imported }) => imported === member || imported === '*');
      if (isNamed && isImportable(fileURLToPath(url))) found.set(`${url}#${member}`, { what: 'import', specifier: url, member });
    }
  }
  return found.size === 1 ? found.values().next().value : undefined;
}

/** Data only: a getter may load a module. */
function memberOf(exports: unknown, url: string, store: object): StandIn | undefined {
  if (!isObject(exports)) return undefined;
  if (exports === store) return { what: 'import', specifier: url, member: 'default' };
  const member = Object.getOwnPropertyNames(exports).find((name) => dataOf(exports, name) === store);
  return member === undefined ? undefined : { what: 'import', specifier: url, member };
}

function textOf(url: string): string {
  try {
    return readFileSync(fileURLToPath(url), 'utf8');
  } catch {
    return '';
  }
}

function first<T, R>(items: readonly T[], look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const DECLARATION =
  /\bexport\s+(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\b[^=;]*=\s*new\s+(?:[\w$]+\.)?AsyncLocalStorage\b/gu;
