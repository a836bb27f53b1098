/**
 * Looks at a function of the calling side and says how it crosses: the first way that fits, the cheapest to tell first.
 *
 *   seen before ─▶ fromModule, partial ─▶ by name ─▶ by reference ─▶ bound ─▶ by value
 *
 * A function is looked at once; from then on the answer costs one WeakMap read.
 */

import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { describeByValue } from '../closures/by-value.js';
import { disproveMembers } from '../closures/class-members.js';
import { describePrivate, disproveObject } from '../closures/stand-ins.js';
import { DescribeAgain, type Described, Unsendable, usesPrivateName, type Ways } from '../described.js';
import { aliasOf } from '../functions/alias.js';
import { writtenInModule } from '../functions/by-location.js';
import { indexedNameOf, intrinsicOf, nameOf } from '../functions/by-name.js';
import { referenceOf } from '../functions/by-reference.js';
import { describeCallback } from '../functions/callback.js';
import { isNative } from '../functions/fingerprint.js';
import { exportedBy } from '../functions/from-module.js';
import { functionOf, numberFor } from '../functions/ids.js';
import { isKnownLocal, rememberExport, rememberLocal } from '../functions/local-texts.js';
import { ownName } from '../functions/members.js';
import { ownPlace } from '../functions/own.js';
import { placeIn } from '../functions/place-in.js';
import { withOneLook } from '../inspect/look.js';
import type { FunctionDescription, ReferencedFunction } from '../protocol.js';
import { describeBound, describeStatic } from './bound.js';
import { describeEach } from './each.js';
import { describePartial } from './partial.js';

/** Throws `Unsendable`. */
export function describe(fn: AnyFunction, ways: Ways = 'any'): Described {
  const known = seen.get(fn);
  if (known !== undefined && (ways === 'any' || withoutInspector.has(known))) return known;
  const alias = aliasOf(fn);
  if (alias !== undefined) return describe(alias, ways);
  const described = describeEach(fn) ?? lookWithoutInspector(fn) ?? (ways === 'any' ? withOneLook(fn, () => lookInside(fn)) : refuse(fn));
  if (described.passing !== true) seen.set(fn, described);
  return described;
}

/**
 * A thread has not found the function where its description says it is: the next `describe` goes another way.
 * Whoever gets this answer describes and sends the call again; it has not run.
 */
export function disprove(id: number): void {
  disproveObject(id);
  disproveMembers(id);
  const fn = functionOf(id);
  const description = fn && seen.get(fn)?.description;
  if (fn === undefined || description === undefined) return;
  seen.delete(fn);
  disproved.set(fn, description);
  disprovedIds.add(id);
}

/** Whether encoding has failed since what was said of some functions is out of date: the next `describe` looks at these anew. */
export function isToBeRepeated(error: unknown): boolean {
  const again = error instanceof DescribeAgain ? error : (error as Error).cause;
  if (!(again instanceof DescribeAgain)) return false;
  for (const fn of again.functions) seen.delete(fn);
  return true;
}

/** Whoever keeps what `describe` said has to ask again. */
export function isDisproved(id: number): boolean {
  return disprovedIds.has(id);
}

function lookWithoutInspector(fn: AnyFunction): Described | undefined {
  const described = describePartial(fn) ?? describeCallback(fn) ?? describePlace(fn);
  if (described !== undefined) withoutInspector.add(described);
  return described;
}

function describePlace(fn: AnyFunction): Described | undefined {
  const wrong = disproved.get(fn);
  const exported = exportedBy(fn) ?? ownPlace(fn);
  if (exported !== undefined) return wrong === undefined ? numberFor(fn, exported) : refuseExport(exported);
  const description = wrong === undefined ? placeOf(fn) : undefined;
  return description && numberFor(fn, description);
}

/** What has no source text can only be someone's builtin: then the index comes before the search of modules. */
function placeOf(fn: AnyFunction): FunctionDescription | undefined {
  if (types.isProxy(fn)) return referenceOf(fn);
  if (isNative(fn)) return nameOf(fn) ?? indexedNameOf(fn) ?? intrinsicOf(fn) ?? referenceOf(fn);
  return isKnownLocal(fn) ? undefined : (nameOf(fn) ?? referenceOf(fn) ?? indexedNameOf(fn));
}

function lookInside(fn: AnyFunction): Described {
  // Any other question would be answered by its traps.
  if (types.isProxy(fn)) return describeByValue(fn);
  const bound = describeBound(fn, describe);
  if (bound !== undefined) return bound;
  const written = disproved.has(fn) || isKnownLocal(fn) ? undefined : writtenInModule(fn);
  if (written !== undefined) {
    rememberExport(fn);
    return numberFor(fn, written);
  }
  // What a module keeps in a variable has a name, nearly always; closures made over and over have none, and are spared the look.
  const kept = disproved.has(fn) || (ownName(fn) === '' && isKnownLocal(fn)) ? undefined : describePrivate(fn);
  if (kept !== undefined) return kept;
  rememberLocal(fn);
  try {
    return describeByValue(fn);
  } catch (error) {
    const described = usesPrivateName(error) ? describeStatic(fn) : undefined;
    if (described === undefined) throw error;
    return described;
  }
}

function refuse(fn: AnyFunction): never {
  const wrong = disproved.get(fn);
  if (wrong !== undefined) {
    throw new Unsendable(
      `a function that a thread does not find as ${placeIn(wrong)}`,
      'if this process has changed that module, change it in the initializer too',
    );
  }
  const isBound = isNative(fn) && ownName(fn).startsWith('bound ');
  throw new Unsendable(
    "a function that no builtin and no imported module exports, where functions: 'reference' lets nothing else cross",
    isBound
      ? 'bind its arguments with partial()'
      : "export it from a module that is not the program's entry, name it with fromModule(), or allow functions: 'any'",
  );
}

function refuseExport(exported: ReferencedFunction): never {
  throw new Unsendable(
    `no function of the module that it was said to be in: ${placeIn(exported)}`,
    'check the URL and the name of the export',
  );
}

const seen = new WeakMap<AnyFunction, Described>();
/** Those that functions: 'reference' may use too. */
const withoutInspector = new WeakSet<Described>();
const disproved = new WeakMap<AnyFunction, FunctionDescription>();
const disprovedIds = new Set<number>();
