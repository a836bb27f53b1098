/**
 * What a module keeps to itself, in a thread: the module is loaded, and a function that it exports leads into its scope.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { anchorsIn, moduleScopes, valueAt } from '../closures/kept-private.js';
import { fingerprint } from '../functions/fingerprint.js';
import { locate, scopesOf } from '../inspect/look.js';
import type { StandIn } from '../protocol.js';
import { importAs } from './recipe-import.js';

type Private = Extract<StandIn, { what: 'private' }>;

/** Undefined: the module is another here. */
export function findPrivate(wanted: Private): unknown {
  if (!wanted.isModule) return searchFrom(createRequire(wanted.file)(wanted.file), wanted);
  return importAs('', pathToFileURL(wanted.file).href).then((namespace) => searchFrom(namespace, wanted));
}

function searchFrom(exports: unknown, wanted: Private): unknown {
  for (const anchor of anchorsIn(exports)) {
    const found = valueAt(moduleScopes(scopesOf(anchor)), wanted);
    if (isWanted(found, anchor, wanted)) return found;
  }
  return undefined;
}

/** A re-export may lead into another module with a variable of that name: a function is known by its text, for all else the anchor's file is asked. */
function isWanted(found: unknown, anchor: AnyFunction, { file, source }: Private): boolean {
  if (typeof found === 'function') return source === fingerprint(found as AnyFunction);
  if (found === undefined) return false;
  const url = locate(anchor)?.url;
  return url === file || url === pathToFileURL(file).href;
}
