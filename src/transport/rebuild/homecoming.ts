/**
 * Functions that a thread has made and sent home by value, made again on the calling side. At once: a result is there when its message is.
 * So whatever they import has to be loaded on this side, as it is where the thread got it from here.
 */
import { fileURLToPath } from 'node:url';
import { ValueNotSendableError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import type { Rebuild, Rebuilt } from '../described.js';
import { loadedNamespace } from '../functions/loaded-namespace.js';
import { placeIn } from '../functions/place-in.js';
import { resolveImport } from '../functions/resolve-import.js';
import { ownRequire } from '../own/own-require.js';
import type { Delivery, FunctionDescription, RecipeFunction, StandIn, StandInObject, Supply } from '../protocol.js';
import { rebuildBound } from './bound.js';
import { isLoadedHere, liveFunction, liveObject, livePrivate } from './live-function.js';

import { loadedRecipe } from './recipe.js';
import { compileProgram } from './recipe-program.js';
import { supply } from './recipe-supplies.js';
import { findStandIn, type Give, type Modules } from './stand-in.js';

/** What the numbers of one result stand for; `functionOf` knows those that were sent from here. Throws ValueNotSendableError. */
export function homecoming(deliveries: readonly Delivery[], functionOf: (id: number) => AnyFunction | undefined): (id: number) => Rebuilt {
  const descriptions = new Map(deliveries);
  const makers = new Map<number, Rebuild>();
  return (id) => {
    let make = makers.get(id);
    if (make === undefined) {
      const description = descriptions.get(id);
      make = description === undefined ? same(functionOf(id), 'a function of this side that is gone') : makerOf(description);
      makers.set(id, make);
    }
    return make();
  };
}

function makerOf(description: FunctionDescription): Rebuild {
  if (description.way === 'value') return remade(description);
  if (description.way === 'bound') return () => rebuildBound(description);
  if (description.way === 'object' && description.standIn.what === 'constant') {
    const live = liveObject(description) as AnyFunction | undefined;
    return () => ({ fn: live as AnyFunction, fill: () => undefined });
  }
  return same(liveHere(description), `${placeIn(description)}, which is not loaded on this side`);
}

function same(live: unknown, what: string): Rebuild {
  if (live === undefined) throw absent(what);
  const rebuilt: Rebuilt = { fn: live as AnyFunction, fill: () => undefined };
  return () => rebuilt;
}

/** What instances inherit from that name no class: found once. Undefined where its module is not loaded on this side. */
export function inheritedHere({ standIn }: StandInObject): unknown {
  const place = JSON.stringify(standIn);
  let found = inherited.get(place);
  if (found === undefined) {
    found = standInHere(standIn, '') as object | undefined;
    if (found !== undefined) inherited.set(place, found);
  }
  return found;
}

const inherited = new Map<string, object>();

function liveHere(description: FunctionDescription): unknown {
  return description.way === 'object' ? standInHere(description.standIn, '') : liveFunction(description, true);
}

function remade(recipe: RecipeFunction): Rebuild {
  return loadedRecipe(
    recipe,
    compileProgram(recipe),
    recipe.supplied.map((each) => supplyHere(each, recipe)),
  );
}

function supplyHere(wanted: Supply, { file, name }: RecipeFunction): Give {
  if (wanted.what === 'import()') return supply(wanted, file) as Give;
  const found = wanted.what === 'import.meta' ? undefined : standInHere(wanted, file);
  if (found === undefined) throw absent(`${name || 'a function'} with \`${wanted.name}\`, which is not loaded on this side`);
  return () => found;
}

/** Undefined for what this side does not have loaded. */
function standInHere(wanted: StandIn, file: string): unknown {
  if (wanted.what === 'store' || wanted.what === 'own' || wanted.what === 'constant' || wanted.what === 'symbol') return undefined;
  return (findStandIn(wanted, file, LOADED) as Give)();
}

const LOADED: Modules = {
  imported: namespaceOf,
  required: (file) => ownRequire.cache[file]?.exports,
  kept: (wanted) => livePrivate(wanted),
};

function namespaceOf(specifier: string, file: string): object | undefined {
  const url = specifier.startsWith('file:') ? specifier : resolveImport(specifier, file.startsWith('file:') ? fileURLToPath(file) : file);
  if (url === undefined) return undefined;
  if (url.startsWith('node:')) {
    const builtin: unknown = process.getBuiltinModule(url);
    return builtin === undefined ? undefined : asNamespace(builtin);
  }
  const required = ownRequire.cache[fileURLToPath(url)];
  if (required !== undefined) return asNamespace(required.exports);
  return isLoadedHere(url) ? loadedNamespace(url) : undefined;
}

function asNamespace(exports: unknown): object {
  return { ...(exports as object), default: exports };
}

function absent(what: string): ValueNotSendableError {
  return new ValueNotSendableError(
    `Cannot take what a task has returned from its thread: it is made of ${what}; import that here too, or return what the function computes`,
    { path: 'result' },
  );
}
