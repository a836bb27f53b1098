/**
 * What a module keeps to itself, in a thread: the module is loaded, and a function that it exports leads into its scope.
 */

import { pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { anchorsIn, moduleScopes, valueAt } from '../closures/scope-paths.js';
import { fingerprint, memberPrint } from '../functions/fingerprint.js';
import { locate, scopesOf } from '../inspect/look.js';
import { isPromise } from '../own/own-globals.js';
import type { Private } from '../protocol.js';
import { find } from './find.js';
import { importModule, requireModule } from './import-module.js';

/** Undefined: the module is another here. */
export function findPrivate(wanted: Private): unknown {
  const { anchor } = wanted;
  if (anchor !== undefined) {
    const found = 'what' in anchor ? findPrivate(anchor) : find(anchor);
    return isPromise(found) ? found.then((fn) => seenBy(fn, wanted)) : seenBy(found, wanted);
  }
  const url = pathToFileURL(wanted.file).href;
  if (!wanted.isModule) return privateOf(requireModule(url, wanted.after), wanted);
  return importModule(url, wanted.after).then((namespace) => privateOf(namespace, wanted));
}

/** In the scopes of one function. */
export function seenBy(anchor: unknown, wanted: Private): unknown {
  if (typeof anchor !== 'function') return undefined;
  const found = valueAt(moduleScopes(scopesOf(anchor as AnyFunction)), wanted);
  return isSame(found, wanted) ? found : undefined;
}

/** In the scopes of what a module exports. */
export function privateOf(exports: unknown, wanted: Private): unknown {
  for (const anchor of anchorsIn(exports)) {
    const found = valueAt(moduleScopes(scopesOf(anchor)), wanted);
    if (isWanted(found, anchor, wanted)) return found;
  }
  return undefined;
}

/** A re-export may lead into another module with a variable of that name: a function is known by its text, for all else the anchor's file is asked. */
function isSame(found: unknown, { source }: Private): boolean {
  if (typeof found === 'function') return source === fingerprint(found as AnyFunction);
  return source === undefined || (typeof found === 'object' && found !== null && source === memberPrint(found));
}

function isWanted(found: unknown, anchor: AnyFunction, wanted: Private): boolean {
  if (found === undefined || !isSame(found, wanted)) return false;
  if (typeof found === 'function') return true;
  const { file } = wanted;
  const url = locate(anchor)?.url;
  return url === file || url === pathToFileURL(file).href;
}
