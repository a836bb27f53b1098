/**
 * Where the namespace of an ES module comes from, when it is met in an object (`export const lib = { mdurl }`) and not in the variable
 * that imports it: its functions tell which file or package to ask.
 */

import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { isImportable } from '../functions/entry.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { mainModules, modulesOfPackage } from '../functions/package-modules.js';
import { isTransformedByTestRunner } from '../functions/test-runner.js';
import { locate } from '../inspect/look.js';
import { debugging } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import type { StandIn } from '../protocol.js';

/** Undefined where no module is found to have it. Cost: a look at some functions, and the namespaces asked, each once. */
export function namespaceFor(value: object): StandIn | undefined {
  if (!types.isModuleNamespaceObject(value) || !inspectorAvailable()) return undefined;
  const module = candidatesFor(value).find((url) => mayAsk(url) && loadedNamespace(url) === value);
  return module === undefined || !isImportable(fileURLToPath(module)) ? undefined : { what: 'import', specifier: module, member: '*' };
}

function candidatesFor(namespace: object): readonly string[] {
  const files = new Set(functionsIn(namespace).map((fn) => locate(fn)?.url ?? ''));
  if (files.size > 0) return [...files].flatMap((url) => (mayAsk(url) ? modulesOfPackage(url) : []));
  // Constants only: of some package, then, since a program's own modules cannot all be asked.
  return debugging(mainModules);
}

function mayAsk(url: string): boolean {
  return url.startsWith('file:') && !isTransformedByTestRunner(url);
}

function functionsIn(namespace: object): readonly AnyFunction[] {
  const found: AnyFunction[] = [];
  for (const key of Object.keys(namespace)) {
    const value = exportOf(namespace, key);
    if (typeof value === 'function' && found.push(value as AnyFunction) === ENOUGH) break;
  }
  return found;
}

/** Undefined too while the module has not yet come to it. */
export function exportOf(namespace: object, name: string): unknown {
  try {
    return Reflect.get(namespace, name) as unknown;
  } catch {
    return undefined;
  }
}

/** A module that gathers others' exports has functions of several files. A guess. */
const ENOUGH = 8;
