/**
 * Captured variables that need not be sent, since a thread has the like itself: imports, required modules, `require`.
 */
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { isImportable } from '../functions/entry.js';
import { resolveImport } from '../functions/resolve-import.js';
import { scriptOf } from '../inspect/scripts.js';
import type { Supply } from '../protocol.js';
import { importsAround } from './file.js';
import type { Site } from './site.js';

/** Undefined: it is read and sent. */
export function supplyOf(name: string, { kind, value }: { kind: string; value: unknown }, site: Site): Supply | undefined {
  if (kind === 'Module') {
    const supply = importedBefore(name, site);
    if (supply !== undefined) return supply;
  }
  if (name === '__vite_ssr_dynamic_import__') return { what: 'import()', name };
  const supply = (typeof value === 'object' && value !== null) || typeof value === 'function' ? suppliedValue(value) : undefined;
  return supply && { ...supply, name };
}

/** An import is an import in every closure of a site: looked up once. */
function importedBefore(name: string, site: Site): Supply | undefined {
  if (!site.imports.has(name)) site.imports.set(name, importSupply(name, site));
  return site.imports.get(name);
}

/** What a value is wherever it is: looked up once a value. */
function suppliedValue(value: object): NamelessSupply | undefined {
  let supply = supplied.get(value);
  if (supply === undefined) {
    supply = (typeof value === 'function' ? requireSupply(value) : moduleSupply(value)) ?? null;
    supplied.set(value, supply);
  }
  return supply ?? undefined;
}

type Nameless<S> = S extends Supply ? Omit<S, 'name'> & Pick<S, 'what'> : never;
type NamelessSupply = Nameless<Supply>;

function importSupply(name: string, { place, parsed }: Site): Supply | undefined {
  if (place === undefined) return undefined;
  const { url } = scriptOf(place.scriptId);
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  const found = importsAround(place, parsed.text).get(name);
  if (found === undefined) return undefined;
  const target = resolveImport(found.specifier, file);
  if (target === undefined || target.endsWith('.json')) return undefined;
  if (target.startsWith('file:') && !isImportable(fileURLToPath(target))) return undefined;
  return { what: 'import', name, specifier: found.specifier, member: found.imported };
}

/** Node's own `require`, of CommonJS or from `createRequire`: it tells where it looks. */
function requireSupply(value: Function): NamelessSupply | undefined {
  const { resolve, cache } = value as NodeJS.Require;
  if (typeof resolve !== 'function' || cache !== ownCache || typeof resolve.paths !== 'function') return undefined;
  const folder = resolve.paths('./here')?.[0];
  return folder === undefined ? undefined : { what: 'require', from: join(folder, 'noop.js') };
}

function moduleSupply(value: object): NamelessSupply | undefined {
  if (value instanceof Module) return { what: 'module' };
  const builtin = builtinOf(value);
  if (builtin !== undefined) return { what: 'import', specifier: builtin, member: types.isModuleNamespaceObject(value) ? '*' : 'default' };
  const file = requiredFrom(value);
  return file === undefined || !isImportable(file) ? undefined : { what: 'required', file };
}

/** `fs`, or the namespace `* as fs`. */
function builtinOf(value: object): string | undefined {
  const exports: unknown = types.isModuleNamespaceObject(value) ? Reflect.get(value, 'default') : value;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const { builtinModules } = Module;
  const loaded = (process as { moduleLoadList?: readonly string[] }).moduleLoadList ?? [];
  for (const entry of loaded) {
    if (!entry.startsWith('NativeModule ')) continue;
    const name = entry.slice('NativeModule '.length);
    if (!name.startsWith('_') && name !== 'sys' && builtinModules.includes(name) && process.getBuiltinModule(name) === exports) return `node:${name}`;
  }
  return undefined;
}

function requiredFrom(value: object): string | undefined {
  const files = Object.keys(ownCache);
  if (files.length !== indexedCount) {
    indexedCount = files.length;
    for (const file of files) {
      const exports: unknown = ownCache[file]?.exports;
      if (typeof exports === 'object' && exports !== null) index.set(exports, file);
    }
  }
  return index.get(value);
}

const ownCache = createRequire(import.meta.url).cache;
const supplied = new WeakMap<object, NamelessSupply | null>();
const index = new WeakMap<object, string>();
let indexedCount = -1;
