/**
 * Whether two graphs have the same shape, edge by edge.
 */
import { types } from 'node:util';

/** The first difference between two graphs, as a path; undefined if there is none. Iterative, by pairs. */
export function difference(left: unknown, right: unknown): string | undefined {
  const partners = new Map<unknown, unknown>();
  const back = new Map<unknown, unknown>();
  const pairs: [unknown, unknown, string][] = [[left, right, '']];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b, path] = pair;
    if (typeof a !== 'object' || a === null) {
      if (!Object.is(a, b)) return path;
      continue;
    }
    if (typeof b !== 'object' || b === null) return path;
    if (partners.has(a) || back.has(b)) {
      if (partners.get(a) !== b || back.get(b) !== a) return `${path} (identity)`;
      continue;
    }
    partners.set(a, b);
    back.set(b, a);
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${path} (prototype)`;
    if (types.isNativeError(a) !== types.isNativeError(b)) return `${path} (kind)`;
    for (const [i, [x, y]] of zip(insides(a), insides(b)).entries()) pairs.push([x, y, `${path}<${i}>`]);
    const [keys, others] = [keysOf(a), keysOf(b)];
    if (keys.join() !== others.join()) return `${path} (keys ${keys.join()} / ${others.join()})`;
    for (const name of keys) pairs.push([Reflect.get(a, name), Reflect.get(b, name), `${path}.${String(name)}`]);
  }
  return undefined;
}

function insides(value: object): unknown[] {
  if (types.isMap(value)) return [value.size, ...[...value].flat()];
  if (types.isSet(value)) return [value.size, ...value];
  if (types.isDate(value)) return [value.getTime()];
  if (types.isRegExp(value)) return [value.source, value.flags, value.lastIndex];
  if (ArrayBuffer.isView(value)) return [value.byteLength, ...Buffer.from(value.buffer, value.byteOffset, value.byteLength)];
  if (types.isAnyArrayBuffer(value)) return [...new Uint8Array(value)];
  if (types.isBoxedPrimitive(value)) return [value.valueOf()];
  if (value instanceof URL) return [value.href];
  return value instanceof Error ? [value.name, value.message, value.stack] : [];
}

function zip(a: unknown[], b: unknown[]): [unknown, unknown][] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i], b[i]]);
}

/** All own keys of errors; of the rest those that anybody sees. */
function keysOf(value: object): string[] {
  if (ArrayBuffer.isView(value) || value instanceof URL) return [];
  return types.isNativeError(value)
    ? Object.getOwnPropertyNames(value)
        .filter((name) => name !== 'stack')
        .sort()
    : Object.keys(value);
}
