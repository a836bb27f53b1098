/**
 * The short way of Buffers: beside what structured clone carries faithfully, only their class has to be said. The walk that packs
 * everything else takes some 6 µs for it, on either side.
 */
import { types } from 'node:util';
import type { Packed } from '../packed.js';
import type { Encoded } from './encoded.js';
import { LARGE } from './large-memory.js';
import { look, sawLarge } from './look.js';
import { isDetached, isMarked, isWhole } from './transfer.js';

/** Arguments among which there are Buffers, each once, and nothing else that needs packing. Undefined for all others. */
export function encodeBuffers(args: readonly unknown[]): Encoded | undefined {
  const shadow: unknown[] = [];
  const buffers = new Map<object, object>();
  let large = false;
  for (const arg of args) {
    if (isBuffer(arg)) {
      if (buffers.has(arg)) return undefined;
      // Small ones share a pool with strangers.
      buffers.set(arg, isWhole(arg) ? arg : new Uint8Array(arg));
      shadow.push(buffers.get(arg));
      large ||= arg.byteLength >= LARGE;
    } else {
      if (look(arg) === 'special') return undefined;
      shadow.push(arg);
      large ||= sawLarge();
    }
  }
  return buffers.size === 0 ? undefined : encoded(shadow, [...buffers.values()], large);
}

/** A Buffer alone, as a result is. Undefined for anything else. */
export function encodeBuffer(value: unknown): Encoded | undefined {
  if (!isBuffer(value)) return undefined;
  const shadow = isWhole(value) ? value : new Uint8Array(value);
  return encoded(shadow, [shadow], value.byteLength >= LARGE);
}

function encoded(root: unknown, targets: object[], large: boolean): Encoded {
  const payload: Packed = { root: [root], specials: NONE, places: NONE, patches: [{ kind: 'prototype', of: 'Buffer', targets }] };
  return { packed: true, payload, transfer: undefined, descriptions: NONE, objects: true, large };
}

/** Whose bytes are here, and are to be copied. */
function isBuffer(value: unknown): value is Buffer<ArrayBuffer> {
  if (!types.isUint8Array(value) || Object.getPrototypeOf(value) !== Buffer.prototype) return false;
  const { buffer } = value;
  return types.isArrayBuffer(buffer) && !isMarked(value) && !isMarked(buffer) && !isDetached(buffer);
}

const NONE: never[] = [];
