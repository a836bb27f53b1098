/**
 * A call that waits in the queue keeps its arguments as of the call, whatever the caller does with them meanwhile.
 */

import type { Transferable } from 'node:worker_threads';
import { structuredClone } from '../own/own-globals.js';
import { explainCloneFailure } from './clone-failure.js';
import type { Encoded } from './encoded.js';
import { movedCopies } from './large-memory.js';
import { written } from './written.js';

/**
 * Makes the payload independent of the caller's objects, and detaches what it transfers. Cost: nothing for primitives,
 * a hand copy for small flat data, one structured clone more for the rest. What transfers can be posted once, the rest often.
 */
export function hold<T extends Encoded>(encoded: T, rootPath = 'args'): T {
  if (encoded.transfer !== undefined) {
    const { payload, transfer } = encoded;
    const held = cloned({ payload, transfer }, rootPath, transfer) as { payload: unknown; transfer: Transferable[] };
    return { ...encoded, payload: held.payload, transfer: held.transfer, objects: false };
  }
  if (!encoded.objects) return encoded;
  return { ...encoded, payload: copied(encoded) ?? cloned(encoded.payload, rootPath), objects: false };
}

/** By hand, where that is cheaper. */
function copied({ packed, payload, large = false }: Encoded): unknown {
  if (large) return movedCopies(payload)?.payload;
  return packed ? undefined : flatCopy(payload);
}

/** Arguments as they are to wait in a queue: independent of the caller's objects, but not to be looked at before they arrive. See `isWritten`. */
export function holdToSend<T extends Encoded>(encoded: T): T {
  if (encoded.much !== true) return hold(encoded);
  try {
    return { ...encoded, payload: written(encoded.payload), objects: false, much: false };
  } catch {
    return hold(encoded); // which says why
  }
}

function cloned(value: unknown, rootPath: string, transfer?: Transferable[]): unknown {
  try {
    return structuredClone(value, transfer === undefined ? undefined : { transfer: transfer as never });
  } catch (error) {
    throw explainCloneFailure(value, rootPath, error);
  }
}

/** Measured: beyond this the copy by hand gains less than a tenth of what the wait costs. */
const MOST = 16;

/** Arguments that are primitives or flat plain objects: nearly all small calls. Undefined for anything else. */
function flatCopy(payload: unknown): unknown[] | undefined {
  if (!Array.isArray(payload) || payload.length > MOST) return undefined;
  const copy: unknown[] = [];
  const seen: object[] = [];
  for (let i = 0; i < payload.length; i++) {
    const value: unknown = payload[i];
    if (typeof value === 'object' && value !== null) {
      const flat = flatObject(value);
      if (flat === undefined || seen.includes(value)) return undefined;
      seen.push(value);
      copy.push(flat);
    } else if (value !== undefined || i in payload) copy.push(value);
    else return undefined;
  }
  return copy;
}

function flatObject(object: object): object | undefined {
  if (Object.getPrototypeOf(object) !== Object.prototype) return undefined;
  const copy: Record<string, unknown> = {};
  let n = 0;
  for (const key in object) {
    const value = (object as Record<string, unknown>)[key];
    if ((typeof value === 'object' && value !== null) || ++n > MOST || key === '__proto__') return undefined;
    copy[key] = value;
  }
  return copy;
}
