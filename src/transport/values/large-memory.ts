/**
 * Large memory is copied once and moved: structured clone copies it into a message and out of it again. Measured, a message there and its
 * answer: 64 KiB 1.2 times as fast, 1 MiB 1.6, 4 MiB 5 (where the message has to be asked of the system), 64 MiB 1.8.
 */
import { types } from 'node:util';
import type { Transferable } from 'node:worker_threads';
import type { Encoded } from './encoded.js';
import { TYPED_ARRAYS } from './typed-arrays.js';

/** From how many bytes on it is worth looking for, in bytes. */
export const LARGE = 32 * 1024;

/** What holds the memory may consist of so many objects: a guess; beyond that, to copy them by hand costs what it gains. */
const MOST_OBJECTS = 200;

interface MovedCopies {
  /** Independent of the original, save for what `transfer` of the original moves. */
  readonly payload: unknown;
  readonly transfer: Transferable[];
}

/** What is to be posted of an encoded value, as often as it is: itself, or copies of its memory that move. */
export function readyToPost(encoded: Pick<Encoded, 'payload' | 'transfer' | 'large'>): Pick<Encoded, 'payload' | 'transfer'> {
  return encoded.large === true ? (movedCopies(encoded.payload, encoded.transfer) ?? encoded) : encoded;
}

/** The same payload with copies of its memory, which is to be moved. Undefined where anything is in it but memory, primitives, plain objects and arrays. */
export function movedCopies(payload: unknown, transfer: readonly Transferable[] = []): MovedCopies | undefined {
  const copying = new Copying(transfer);
  try {
    return { payload: copying.of(payload), transfer: [...transfer, ...copying.memories.values()] };
  } catch (error) {
    // No memory is left, or a getter throws: structured clone says so in its own words.
    if (error instanceof RangeError || error === OTHER) return undefined;
    throw error;
  }
}

class Copying {
  readonly memories = new Map<ArrayBuffer, ArrayBuffer>();
  readonly #moving: ReadonlySet<unknown>;
  readonly #copies = new Map<object, object>();

  constructor(transfer: readonly Transferable[]) {
    this.#moving = new Set(transfer);
  }

  of(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    if (this.#copies.size >= MOST_OBJECTS) throw OTHER;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype) return this.#object(value);
    if (prototype === Array.prototype) return this.#array(value as unknown[]);
    if (this.#moving.has(value)) return value;
    return this.#remember(value, types.isArrayBufferView(value) ? this.#view(value) : this.#memory(value));
  }

  #object(object: object): object {
    const copy = this.#remember(object, {}) as Record<string, unknown>;
    for (const key of Object.keys(object)) {
      if (key === '__proto__') throw OTHER;
      copy[key] = this.of((object as Record<string, unknown>)[key]);
    }
    return copy;
  }

  #array(array: unknown[]): object {
    const copy = this.#remember(array, []) as unknown[];
    if (array.length > MOST_OBJECTS) throw OTHER;
    for (let i = 0; i < array.length; i++) {
      if (!(i in array)) throw OTHER;
      copy.push(this.of(array[i]));
    }
    return copy;
  }

  #view(view: NodeJS.ArrayBufferView): object {
    const memory = this.#memory(view.buffer);
    if (memory === view.buffer) return view;
    if (types.isDataView(view)) return new DataView(memory, view.byteOffset, view.byteLength);
    for (const type of TYPED_ARRAYS) {
      if (type.prototype === Object.getPrototypeOf(view) || (type === Uint8Array && Buffer.isBuffer(view)))
        return new type(memory as ArrayBuffer, view.byteOffset, (view as Uint8Array).length);
    }
    throw OTHER;
  }

  /** What is shared stays so, and what moves moves. */
  #memory(memory: object): ArrayBufferLike {
    if (types.isSharedArrayBuffer(memory) || this.#moving.has(memory)) return memory as ArrayBufferLike;
    if (!types.isArrayBuffer(memory) || (memory as { resizable?: boolean }).resizable === true) throw OTHER;
    const copy = this.memories.get(memory) ?? memory.slice(0);
    this.memories.set(memory, copy);
    return copy;
  }

  #remember(value: object, copy: object): object {
    this.#copies.set(value, copy);
    return copy;
  }
}

/** Something else is in it, or too much. */
const OTHER = Symbol('other');
