/**
 * Captured variables that need not be sent, since a thread has the like itself: imports, required modules, `require`.
 */

import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { isImportable } from '../functions/entry.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { resolveImport } from '../functions/resolve-import.js';
import { scriptFile, scriptName } from '../inspect/scripts.js';
import { ownRequire } from '../own/own-require.js';
import type { StandIn, Supply } from '../protocol.js';
import { type Import, importsAround } from './file.js';
import type { Site } from './site.js';
import { standInFor } from './stand-ins.js';

/** Undefined: it is read and sent. */
export function supplyOf(name: string, { kind, value }: { kind: string; value: unknown }, site: Site): Supply | undefined {
  const imported = kind === 'Module' ? importedBefore(name, value, site) : undefined;
  if (imported !== undefined) return { name, ...imported };
  if (name === '__vite_ssr_dynamic_import__' || isImportOfJiti(name, value)) return { what: 'import()', name };
  if (name === '__vite_ssr_import_meta__')
    return { what: 'import.meta', name, env: { ...(value as { env?: Record<string, string> }).env } };
  const meta = metaOf(value, site);
  if (meta !== undefined) return { what: 'import.meta', name, ...meta };
  const standIn =
    typeof value === 'function' ? requireFor(value) : typeof value === 'object' && value !== null ? standInFor(value) : undefined;
  // A constant is sent like any instance: the thread's own stands for it as long as both have the same state.
  return standIn === undefined || standIn.what === 'constant' ? undefined : { ...standIn, name };
}

/** What jiti makes of `import()`, by a method of its own. */
function isImportOfJiti(name: string, value: unknown): boolean {
  return name === 'jitiImport' && typeof value === 'function' && value.name === 'import';
}

/** `const meta = import.meta`, unless someone has added to it: test runners have, and what they did is told apart. */
function metaOf(value: unknown, { place }: Site): { readonly env?: Record<string, string> } | undefined {
  if (typeof value !== 'object' || value === null || place === undefined || types.isProxy(value)) return undefined;
  const keys = Object.keys(value);
  if (!keys.includes('url') || keys.length === 1 || keys.some((key) => !ownToMeta.has(key))) return undefined;
  const { url, env } = value as { url: unknown; env?: Record<string, string> };
  if (typeof url !== 'string' || !url.startsWith('file:') || fileURLToPath(url) !== scriptFile(place.scriptId)) return undefined;
  return env === undefined ? {} : { env: { ...env } };
}

/** An import is an import in every closure of a site: looked up once. */
function importedBefore(name: string, value: unknown, site: Site): StandIn | undefined {
  if (!site.imports.has(name)) site.imports.set(name, importFor(name, value, site));
  return site.imports.get(name);
}

function importFor(name: string, value: unknown, { place, original }: Site): StandIn | undefined {
  const found = place && importsAround(place, original).get(name);
  if (place === undefined || found === undefined) return undefined;
  const target = resolveImport(found.specifier, scriptName(place.scriptId));
  if (target === undefined || target.endsWith('.json') || !isThreads(target) || !isProven(found, target, value)) return undefined;
  return { what: 'import', specifier: found.specifier, member: found.imported };
}

function isThreads(target: string): boolean {
  return !target.startsWith('file:') || isImportable(fileURLToPath(target));
}

/** What reads like an import after other statements may be a comment or a string. */
function isProven({ atHead, imported }: Import, target: string, value: unknown): boolean {
  if (atHead || target.startsWith('node:')) return true;
  const namespace = loadedNamespace(target);
  if (namespace === undefined) return true;
  return imported === '*' ? isSameModule(namespace, value) : value === Reflect.get(namespace, imported);
}

/** Not by identity: what `require` hands out of a module with a default export is a wrapping of it. */
function isSameModule(namespace: object, value: unknown): boolean {
  if (!types.isModuleNamespaceObject(value)) return false;
  const own = value as object;
  return Object.keys(own).every((key) => Reflect.get(own, key) === Reflect.get(namespace, key));
}

/** Node's own `require`, of CommonJS or from `createRequire`: it tells where it looks. */
function requireFor(value: AnyFunction): StandIn | undefined {
  const { resolve, cache } = value as NodeJS.Require;
  if (typeof resolve !== 'function' || typeof resolve.paths !== 'function' || !(cache === ownCache || isOfTestRunner(value)))
    return undefined;
  const folder = resolve.paths('./here')?.[0];
  return folder === undefined ? undefined : { what: 'require', from: pathToFileURL(join(folder, 'noop.js')).href };
}

/** Vitest's vm pools have a `createRequire` and a cache of their own; Jest up to 29 makes the `require` of each file anew, and a cache for it. */
function isOfTestRunner(value: AnyFunction): boolean {
  if (!Object.hasOwn(value, 'extensions')) return false;
  return value.name === 'bound requireModuleOrMock' || ('__vitest_worker__' in globalThis && value.name === 'require');
}

const ownToMeta: ReadonlySet<string> = new Set(['dirname', 'env', 'filename', 'glob', 'jest', 'main', 'resolve', 'url', 'vitest']);
const ownCache = ownRequire.cache;
