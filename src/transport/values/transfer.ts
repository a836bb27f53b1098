/**
 * `transfer()`: move instead of copy.
 */
import { MessagePort, type Transferable } from 'node:worker_threads';
import { transferableAbortSignal, types } from 'node:util';

/**
 * Marks what is to be moved to the other thread instead of copied, and returns `value` itself, so that it can stand
 * anywhere: as an argument, deep inside one, or in a task's result. What has moved is detached here, as of the call.
 *
 * @param value What to send. Without a list its own memory moves: an `ArrayBuffer`, a view, a `MessagePort`, a stream.
 * @param list What to move instead, where `value` is an object that holds it: `transfer({ pixels }, [pixels.buffer])`.
 * @returns `value`, unchanged.
 * @throws TypeError where there is nothing that could move.
 *
 * A view over part of a larger buffer (as small `Buffer`s are) is copied after all: moving it would take its neighbours'
 * bytes along. For small data do not bother: moving costs a few microseconds, as much as copying some ten kilobytes.
 */
export function transfer<T>(value: T, list?: readonly Transferable[]): T {
  for (const item of list ?? [value]) mark(item);
  return value;
}

/** Whether `transfer()` was asked to move this very object. */
export function isMarked(value: object): boolean {
  return marking && marks.has(value);
}

/** Whether it can only move: structured clone refuses to copy it. */
export function isTransferOnly(value: object): boolean {
  return value instanceof MessagePort || transferSymbol() in value;
}

/** `view` covers its buffer, and the buffer may leave this thread. */
export function isWhole(view: ArrayBufferView): boolean {
  return view.byteOffset === 0 && view.byteLength === view.buffer.byteLength;
}

/** Most programs never transfer; theirs is one boolean's cost. */
let marking = false;
const marks = new WeakSet<object>();

function mark(item: unknown): void {
  if (typeof item !== 'object' || item === null) {
    throw new TypeError(`Cannot transfer ${item === null ? 'null' : `a ${typeof item}`}: only memory, ports and streams can move; pass it as it is`);
  }
  if (types.isSharedArrayBuffer(item) || (ArrayBuffer.isView(item) && types.isSharedArrayBuffer(item.buffer))) {
    throw new TypeError('Cannot transfer shared memory: it is shared, not copied, without transfer(); pass it as it is');
  }
  if (item instanceof AbortSignal) transferableAbortSignal(item);
  else if (!types.isArrayBuffer(item) && !ArrayBuffer.isView(item) && !isTransferOnly(item)) {
    throw new TypeError(`Cannot transfer ${nameOf(item)}: it has no memory of its own; list what moves, as in transfer(value, [value.pixels.buffer])`);
  }
  marking = true;
  marks.add(item);
}

function nameOf(object: object): string {
  const name: unknown = Object.getPrototypeOf(object)?.constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `an object of class ${name}` : 'a plain object';
}

let symbol: symbol | undefined;

/** Node marks its transferable classes by a symbol that it exports nowhere, and that AbortSignal shows. */
function transferSymbol(): symbol {
  symbol ??=
    Object.getOwnPropertySymbols(AbortSignal.prototype).find(({ description }) => description === 'messaging_transfer_symbol') ?? Symbol('none');
  return symbol;
}
