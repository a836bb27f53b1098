/**
 * What a module keeps to itself, in a thread: the module is loaded, and a function that it exports leads into its scope.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AnyFunction } from '../any-function.js';
import { moduleScope } from '../closures/kept-private.js';
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
  let anchors = 0;
  for (const anchor of functionsIn(exports, 0, new Set())) {
    if (++anchors > MOST_ANCHORS) return undefined;
    const scope = moduleScope(scopesOf(anchor));
    const [name = '', ...rest] = wanted.path;
    if (scope === undefined || !(name in scope.variables)) continue;
    const found = rest.reduce((at: unknown, key) => (at === undefined || at === null ? undefined : (Reflect.get(at as object, key) as unknown)), scope.variables[name]);
    if (isWanted(found, anchor, wanted)) return found;
  }
  return undefined;
}

/** A re-export may lead into another module with a variable of that name: a function is known by its text, for all else the anchor's file is asked. */
function isWanted(found: unknown, anchor: AnyFunction, { file, source }: Private): boolean {
  if (typeof found === 'function') return source === fingerprint(found as AnyFunction);
  const url = locate(anchor)?.url;
  return found !== undefined && (url === file || url === pathToFileURL(file).href);
}

function* functionsIn(value: unknown, depth: number, seen: Set<unknown>): Generator<AnyFunction> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.add(value);
  if (typeof value === 'function') yield value as AnyFunction;
  if (depth > 2) return;
  for (const key of Object.getOwnPropertyNames(value)) yield* functionsIn(memberOf(value, key), depth + 1, seen);
}

function memberOf(container: object, key: string): unknown {
  try {
    const property = Object.getOwnPropertyDescriptor(container, key);
    return (property?.value ?? property?.get) as unknown;
  } catch {
    return undefined;
  }
}

/** Each costs a look, 0.1 ms. A guess: what the first exports do not see, others rarely do. */
const MOST_ANCHORS = 64;
