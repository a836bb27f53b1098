/**
 * A CommonJS file that is a bundle of many modules (webpack, browserify): its classes stand in functions that nothing outside sees, and are reached
 * through what the modules inside hand to one another, from its exports on.
 */
import type { AnyFunction } from '../any-function.js';
import { requiredPlace } from '../functions/commonjs.js';
import { fingerprint, isNative } from '../functions/fingerprint.js';
import { scopesOf } from '../inspect/look.js';
import { ownRequire } from '../own/own-require.js';
import type { Private, ReferencedFunction } from '../protocol.js';
import { dataIn, isPlain, moduleScopes } from './scope-paths.js';

/** Undefined, too, for what a function has made that no module inside hands on. Cost: some looks, once a file. */
export function innerExport(fn: AnyFunction, file: string): Private | undefined {
  let index = indexes.get(file);
  if (index === undefined) {
    if (cache[file]?.loaded !== true) return undefined;
    index = indexOf(file);
    indexes.set(file, index);
  }
  return index.get(fn);
}

type Anchor = ReferencedFunction | Private;

/** From the exports outwards, each module looked at from the first of its functions that is met. */
function indexOf(file: string): WeakMap<AnyFunction, Private> {
  const index = new WeakMap<AnyFunction, Private>();
  const exports: unknown = cache[file]?.exports;
  const queue: [AnyFunction, Anchor][] = [...functionsIn([], exports)].flatMap(([, fn]) => {
    const place = requiredPlace(fn);
    return place === undefined ? [] : [[fn, place]];
  });
  const seen = new Set<string>();
  for (let looks = 0; looks < Math.min(queue.length, MOST_LOOKS); looks++) {
    const [fn, anchor] = queue[looks] as [AnyFunction, Anchor];
    for (const [depth, { variables, kind }] of moduleScopes(scopesOf(fn)).entries()) {
      const names = `${depth} ${Object.keys(variables).join()}`;
      if (seen.has(names)) continue;
      seen.add(names);
      for (const [name, value] of dataIn(variables)) {
        for (const [path, found] of functionsIn([name], value)) {
          if (index.has(found)) continue;
          const inner: Private = { what: 'private', file, depth, path, isModule: kind === 'Module', anchor, source: fingerprint(found) };
          index.set(found, inner);
          queue.push([found, inner]);
        }
      }
    }
  }
  return index;
}

/** A value that is one, and those in a plain object. */
function* functionsIn(path: readonly string[], value: unknown): Generator<[path: readonly string[], fn: AnyFunction]> {
  if (typeof value === 'function' && !isNative(value as AnyFunction)) yield [path, value as AnyFunction];
  if (!isPlain(value)) return;
  for (const [key, member] of dataIn(value)) {
    if (typeof member === 'function' && !isNative(member as AnyFunction)) yield [[...path, key], member as AnyFunction];
  }
}

const indexes = new Map<string, WeakMap<AnyFunction, Private>>();
const { cache } = ownRequire;
/** Each costs 0.1 ms and more. A guess. */
const MOST_LOOKS = 128;
