/**
 * `File.prototype = { … }`: such a prototype does not say whose it is, and its methods need not see the constructor. The module in which
 * they are written exports that, mostly.
 */
import { pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { lookAt } from '../inspect/look.js';
import { inspectorAvailable } from '../inspect/session.js';
import { ownRequire } from '../own/own-require.js';
import { importableFile, methodsOf } from './kept-private.js';
import { moduleScopes, read } from './scope-paths.js';

/** Cost: a look at a method, once a prototype. */
export function makerOf(prototype: object): AnyFunction | undefined {
  if (!inspectorAvailable()) return undefined;
  let maker = makers.get(prototype);
  if (maker === undefined) {
    maker = search(prototype) ?? null;
    makers.set(prototype, maker);
  }
  return maker ?? undefined;
}

function search(prototype: object): AnyFunction | undefined {
  const files = new Set<string>();
  for (const method of methodsOf(prototype)) {
    const { place, scopes } = lookAt(method);
    const file = place && importableFile(place.scriptId);
    if (file === undefined || files.has(file)) continue;
    files.add(file);
    const isModule = moduleScopes(scopes())[0]?.kind === 'Module';
    const exports: unknown = isModule ? loadedNamespace(pathToFileURL(file).href) : cache[file]?.exports;
    for (const each of exportedBy(exports)) if (typeof each === 'function' && each.prototype === prototype) return each as AnyFunction;
  }
  return undefined;
}

/** No deeper: what has such a function for a member is a prototype itself, mostly. */
function* exportedBy(exports: unknown): Generator<unknown> {
  yield exports;
  if ((typeof exports !== 'object' && typeof exports !== 'function') || exports === null) return;
  for (const name of Object.keys(exports)) yield read(exports as Record<string, unknown>, name);
}

const makers = new WeakMap<object, AnyFunction | null>();
const { cache } = ownRequire;
