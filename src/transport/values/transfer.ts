/**
 * `transfer()`: move instead of copy.
 */

// Bun lacks transferableAbortSignal: a missing name in an import would keep the package from loading there.
import util, { types } from 'node:util';
import threads, { MessagePort, type Transferable } from 'node:worker_threads';
import { nounOf } from '../../errors.js';
import { ownFunction } from '../functions/own.js';
import { inAllCopies } from '../own/all-copies.js';

/**
 * Marks what is to be moved to the other thread instead of copied, and returns `value` itself, so that it can stand
 * anywhere: as an argument, deep inside one, or in a task's result. What has moved is detached here, as of the call.
 *
 * @param value What to send. Without a list its own memory moves: an `ArrayBuffer`, a view, a `MessagePort`, a stream.
 * @param list What to move instead, where `value` is an object that holds it: `transfer({ pixels }, [pixels.buffer])`.
 * @returns `value`, unchanged.
 * @throws TypeError where there is nothing that could move, and for shared memory, which is not copied anyway.
 *
 * A view over part of a larger buffer (as small `Buffer`s are) is copied after all: moving it would take its neighbours'
 * bytes along. For small data do not bother: moving costs a few microseconds, as much as copying some ten kilobytes.
 */
export function transfer<T>(value: T, list?: readonly Transferable[]): T {
  if (list !== undefined && !Array.isArray(list))
    throw new TypeError(`Cannot transfer what ${nounOf(list)} holds: a list is needed, as in transfer(value, [value.pixels.buffer])`);
  for (const item of list ?? [value]) mark(item);
  return value;
}

/** Whether `transfer()` was asked for anything at all. */
export function isAnythingMarked(): boolean {
  return marks.any;
}

/** Whether `transfer()` was asked to move this very object. */
export function isMarked(value: object): boolean {
  return marks.any && marks.of.has(value);
}

/** What moves in its place: Node 20 makes a second object of an AbortSignal for that. */
export function moved(value: object): Transferable {
  return marks.of.get(value) as Transferable;
}

/** Whether it can only move: structured clone refuses to copy it. */
export function isTransferOnly(value: object): boolean {
  return value instanceof MessagePort || transferSymbol() in value;
}

/** Whether the memory may leave this thread: Node keeps the pool of small Buffers (and says so from Node 21 on). */
export function isTransferable(memory: ArrayBuffer): boolean {
  const isKept = (threads as { isMarkedAsUntransferable?: (object: object) => boolean }).isMarkedAsUntransferable;
  return isKept === undefined || !isKept(memory);
}

/** Whether the memory was transferred away; `detached` itself is not on Node 20. */
export function isDetached(memory: ArrayBufferLike): boolean {
  if (memory.byteLength > 0 || types.isSharedArrayBuffer(memory)) return false;
  try {
    new Uint8Array(memory);
    return false;
  } catch {
    return true;
  }
}

/** Whether it covers its buffer. */
export function isWhole(view: ArrayBufferView): boolean {
  return view.byteOffset === 0 && view.byteLength === view.buffer.byteLength;
}

/** Most programs never transfer; theirs is one boolean's cost. */
const marks = inAllCopies('transfers', () => ({ any: false, of: new WeakMap<object, object>() }));

function mark(item: unknown): void {
  if (typeof item !== 'object' || item === null) {
    throw new TypeError(`Cannot transfer ${nounOf(item)}: only memory, ports and streams can move; pass it as it is`);
  }
  if (types.isSharedArrayBuffer(item) || (ArrayBuffer.isView(item) && types.isSharedArrayBuffer(item.buffer))) {
    throw new TypeError('Cannot transfer shared memory: it is shared, not copied, without transfer(); pass it as it is');
  }
  const movable = item instanceof AbortSignal ? util.transferableAbortSignal(item) : item;
  if (!types.isArrayBuffer(item) && !ArrayBuffer.isView(item) && !isTransferOnly(movable)) {
    throw new TypeError(
      `Cannot transfer ${nameOf(item)}: it has no memory of its own; list what moves, as in transfer(value, [value.pixels.buffer])`,
    );
  }
  marks.any = true;
  marks.of.set(item, movable);
}

function nameOf(object: object): string {
  const name: unknown = Object.getPrototypeOf(object)?.constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `an object of class ${name}` : 'a plain object';
}

let symbol: symbol | undefined;

/** Node marks its transferable classes by a symbol that it exports nowhere, and that AbortSignal shows. */
function transferSymbol(): symbol {
  symbol ??=
    Object.getOwnPropertySymbols(AbortSignal.prototype).find(({ description }) => description === 'messaging_transfer_symbol') ??
    Symbol('none');
  return symbol;
}

ownFunction(transfer, 'transfer');
