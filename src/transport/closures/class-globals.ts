/**
 * What a package keeps on `globalThis` for its classes: zod, the language of its messages, which it sets as the first schema is made.
 * In a thread that is only sent schemas none is made, so what its own object lacks goes along, like members of a class.
 */
import type { AnyFunction } from '../any-function.js';
import { isInstalled } from '../functions/installed.js';
import { isNamespace } from '../functions/members.js';
import { locate } from '../inspect/look.js';
import { inspectorAvailable } from '../inspect/session.js';
import { sourceOf } from '../inspect/source.js';
import { namePattern } from '../syntax/name-pattern.js';

/** The names that the class's module knows them by. Cost: a look at the class, once. */
export function globalsOf(type: AnyFunction): readonly string[] {
  const all = objectsOfPackages();
  if (all.length === 0 || !inspectorAvailable()) return [];
  const known = found.get(type);
  if (known?.among === all) return known.names;
  const names = namesIn(type, all);
  found.set(type, { among: all, names });
  return names;
}

/** Functions and primitives: settings. What else is there would be state. */
export function settingsOf(name: string): PropertyDescriptorMap {
  const all = Object.entries(Object.getOwnPropertyDescriptors(Reflect.get(globalThis, name) as object));
  return Object.fromEntries(all.filter(([, { value }]) => value !== undefined && (typeof value !== 'object' || value === null)));
}

function namesIn(type: AnyFunction, all: readonly string[]): readonly string[] {
  const place = locate(type);
  if (place === undefined || !isInstalled(place.url)) return [];
  let text = texts.get(place.scriptId);
  if (text === undefined) {
    text = sourceOf(place.scriptId);
    // One script has many classes; that it has none is all that is worth keeping.
    if (!text.includes('globalThis')) text = '';
    texts.set(place.scriptId, text);
  }
  const mentioned = text;
  return all.filter((name) => new RegExp(`globalThis\\)?(?:\\.|\\[\\s*['"])${namePattern(name)}\\b`).test(mentioned));
}

/** Plain objects that somebody has put there; the same list for as long as nobody puts another. */
function objectsOfPackages(): readonly string[] {
  const keys = Object.keys(globalThis);
  if (keys.length !== counted) {
    counted = keys.length;
    objects = keys.filter((key) => /^[\w$]{4,}$/.test(key) && isSettings(Object.getOwnPropertyDescriptor(globalThis, key)?.value));
  }
  return objects;
}

function isSettings(value: unknown): boolean {
  return value !== globalThis && isNamespace(value);
}

let counted = -1;
let objects: readonly string[] = [];
const texts = new Map<string, string>();
const found = new WeakMap<AnyFunction, { readonly among: readonly string[]; readonly names: readonly string[] }>();
