/**
 * `File.prototype = { … }`: such a prototype does not say whose it is, and its methods need not see the constructor. The module in which
 * they are written exports that, mostly.
 */
import type { AnyFunction } from '../any-function.js';
import { dataOf } from '../functions/members.js';
import { lookAt } from '../inspect/look.js';
import { inspectorAvailable } from '../inspect/session.js';
import { exportsOf, importableFile, methodsOf } from './kept-private.js';
import { dataIn, moduleScopes } from './scope-paths.js';

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
    const exports = exportsOf(file, isModule);
    // No deeper: what has such a function for a member is a prototype itself, mostly.
    for (const each of [exports, ...[...dataIn(exports)].map(([, value]) => value)])
      if (typeof each === 'function' && dataOf(each, 'prototype') === prototype) return each as AnyFunction;
  }
  return undefined;
}

const makers = new WeakMap<object, AnyFunction | null>();
