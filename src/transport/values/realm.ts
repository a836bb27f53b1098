/**
 * Programs in a realm of their own (Jest, Vitest's vm pools, `node:vm`): what arrives by structured clone is of Node's own realm,
 * and would be nobody's `instanceof` and not strictly equal to anything there. It gets the prototypes of this realm.
 */
import { types } from 'node:util';
import { standardGlobals } from '../functions/standard-globals.js';
import { isNodesRealm, nodesGlobal } from '../own/nodes-realm.js';

/** The same value; objects in it that are of Node's realm become this realm's. Cost: nothing outside of such realms. */
export function toThisRealm<T>(value: T): T {
  if (isNodesRealm || typeof value !== 'object' || value === null) return value;
  twins ??= twinsOf(nodesGlobal());
  const open: object[] = [value];
  const seen = new Set<object>(open);
  for (let object = open.pop(); object !== undefined; object = open.pop()) {
    const twin = twins.get(Object.getPrototypeOf(object) as object);
    if (twin !== undefined) Reflect.setPrototypeOf(object, twin);
    for (const part of partsOf(object)) {
      if (typeof part !== 'object' || part === null || seen.has(part) || types.isProxy(part)) continue;
      seen.add(part);
      open.push(part);
    }
  }
  return value;
}

function* partsOf(object: object): Generator {
  if (ArrayBuffer.isView(object)) return;
  if (types.isMap(object)) for (const entry of Map.prototype.entries.call(object)) yield* entry;
  else if (types.isSet(object)) yield* Set.prototype.values.call(object);
  for (const key of Reflect.ownKeys(object)) yield Object.getOwnPropertyDescriptor(object, key)?.value as unknown;
}

/** From the prototypes of one realm to those of this one. */
function twinsOf(other: object): ReadonlyMap<object, object> {
  return new Map(
    [...standardGlobals].flatMap((name) => {
      const [from, to] = [other, globalThis].map((global) => (Reflect.get(global, name) as { prototype?: object } | undefined)?.prototype);
      return from === undefined || to === undefined || from === to ? [] : [[from, to] as const];
    }),
  );
}

let twins: ReadonlyMap<object, object> | undefined;
