/**
 * A value becomes something that can be posted to another thread. Both sides use it: the calling side for arguments,
 * the thread for results and errors.
 *
 * Kept: all that structured clone keeps, and Buffers, functions, classes of instances (subclasses of builtins too), whole
 * errors, null prototypes, `lastIndex`, URLs, Headers, forms, text coders and Intl objects, properties under registered and well-known symbols, any depth.
 * Read once where a value is packed; a getter in plain data runs twice, in the look and in the clone: to know of one beforehand takes the
 * descriptor of each property, which makes the look of flat objects nearly twice as long (42 to 76 ns, three properties).
 * Not kept, as with structured clone: frozenness (but of what a function captures), property attributes, properties under unique symbols, properties of
 * views and buffers, symbol keys of arrays. Partial views that are Buffers no longer share their memory.
 */

import { ExecutorError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import type { Followed } from '../context-store.js';
import { type Described, Unsendable } from '../described.js';
import type { Packed } from '../packed.js';
import { encodeBuffer, encodeBuffers } from './buffers.js';
import type { Encoded } from './encoded.js';
import { look, lookAtEach, sawLarge, sawMuch, sawTables } from './look.js';
import { MET_ELSEWHERE } from './met-rows.js';
import { movedArguments } from './moved-arguments.js';
import { Packer } from './pack.js';
import { packCall } from './pack-call.js';
import type { PackOptions } from './walk.js';

export type EncodeOptions = PackOptions;

export interface EncodedCall extends Encoded {
  /** Undefined: the arguments themselves, which are all primitives. */
  readonly payload: unknown;
  /** The function's id, or 0 where the payload holds function, arguments and followed stores in one graph: `[fn, args]`, `[fn, args, stores]`. */
  readonly fn: number;
}

/** Throws ValueNotSendableError or FunctionNotSendableError. */
export function encode(root: unknown, options: EncodeOptions): Encoded {
  return encodeAsItIs(root, options) ?? encodePacked(root, options);
}

/** What structured clone carries faithfully, but for the class of a Buffer, and by columns where that is faster; undefined for what has to be packed. */
export function encodeAsItIs(root: unknown, options: EncodeOptions): Encoded | undefined {
  const seen = look(root);
  if (seen === 'special') return encodeBuffer(root);
  const tables = sawTables();
  if (tables !== undefined) return encodePacked(root, { ...options, tables });
  return { packed: false, payload: root, transfer: undefined, descriptions: NONE, objects: seen === 'plain', large: sawLarge() };
}

const NONE: readonly Described[] = [];

/** Throws ValueNotSendableError or FunctionNotSendableError. */
export function encodePacked(root: unknown, options: EncodeOptions): Encoded {
  return packed(options, (packer) => packer.pack(root));
}

/** A variable that a function captures, by itself: packed as where it is captured, so that no getter in it is run. */
export function encodeCapture(value: unknown, options: EncodeOptions): Encoded {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return encode(value, options);
  return packed(options, (packer) => {
    packer.captured = true;
    return packer.pack(value);
  });
}

/**
 * A function, as described, and its arguments: in one graph where they could share objects.
 * `rootPath` is that of the arguments; the function's own is `closure of fn`, that of the stores' values `context`.
 */
export function encodeCall(
  fn: AnyFunction,
  described: Described,
  args: readonly unknown[],
  options: EncodeOptions,
  stores?: readonly Followed[],
): EncodedCall {
  if (described.captures !== undefined || stores !== undefined)
    return { ...packed(options, (packer) => packCall(packer, fn, described, args, stores)), fn: 0 };
  const seen = lookAtEach(args);
  const bare = withPrimitives(described);
  if (seen === 'primitive') return bare;
  const tables = sawTables();
  const moved = seen === 'special' ? movedArguments(args) : undefined;
  if (moved !== undefined || (seen !== 'special' && tables === undefined)) {
    return {
      fn: bare.fn,
      packed: false,
      payload: args,
      transfer: moved,
      descriptions: bare.descriptions,
      objects: true,
      large: sawLarge(),
      much: moved === undefined && sawMuch(),
    };
  }
  const encoded = tables === undefined ? (encodeBuffers(args) ?? encodePacked(args, options)) : encodePacked(args, { ...options, tables });
  return { ...encoded, fn: bare.fn, descriptions: [...bare.descriptions, ...encoded.descriptions] };
}

/** One for all such calls of a function: each of a million that wait would hold 72 bytes that say the same. */
function withPrimitives(described: Described): EncodedCall {
  let encoded = bareCalls.get(described);
  if (encoded === undefined) {
    const descriptions = [...(described.needs ?? []), described];
    encoded = { fn: described.id, packed: false, payload: undefined, transfer: undefined, descriptions, objects: false };
    bareCalls.set(described, encoded);
  }
  return encoded;
}

const bareCalls = new WeakMap<Described, EncodedCall>();

function packed(options: EncodeOptions, walk: (packer: Packer) => Packed): Encoded {
  const packer = new Packer(options);
  try {
    const payload = walk(packer);
    const { notes, borrows: objects, large } = packer;
    const transfer = notes.transfer.length > 0 ? notes.transfer : undefined;
    return { packed: true, payload, transfer, descriptions: notes.descriptions, objects, large };
  } catch (error) {
    if (error === MET_ELSEWHERE) return packed({ ...options, tables: 'none' }, walk);
    if (error instanceof ExecutorError) throw error;
    if (error instanceof Unsendable) throw packer.refusal(error.what, error.wayOut, error);
    throw packer.refusal('looking at it throws', 'send plain data instead', error);
  }
}
