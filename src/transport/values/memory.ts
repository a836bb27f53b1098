/**
 * Memory, and what else can move: bytes are copied, moved or shared, never lost, and never a stranger's.
 */
import { types } from 'node:util';
import { LARGE } from './large-memory.js';
import { isDetached, isMarked, isTransferable, isWhole, moved } from './transfer.js';
import type { Walk } from './walk.js';

/**
 * A Buffer is cut to its own bytes, for small ones share a pool with strangers. Other views are sent with the memory that
 * they look at, as structured clone does, for two views may share it on purpose.
 */
export function viewOf(walk: Walk, view: NodeJS.ArrayBufferView): object {
  const memory = view.buffer;
  if (types.isSharedArrayBuffer(memory)) return view;
  refuseDetached(walk, memory);
  const cut = !isWhole(view) && (Buffer.isBuffer(view) || isMarked(view)) && !isMarked(memory);
  if (cut) return copyOf(view);
  if (isMarked(view)) move(walk, memory);
  else moveIfMarked(walk, memory);
  walk.borrows = true;
  if (memory.byteLength >= LARGE) walk.large = true;
  return view;
}

export function memoryOf(walk: Walk, memory: ArrayBufferLike): object {
  if (types.isSharedArrayBuffer(memory)) return memory;
  refuseDetached(walk, memory);
  moveIfMarked(walk, memory);
  walk.borrows = true;
  if (memory.byteLength >= LARGE) walk.large = true;
  return memory;
}

/** What can only move: a MessagePort, a stream, a FileHandle. */
export function movableOf(walk: Walk, value: object): object {
  if (isMarked(value)) {
    walk.notes.move(moved(value));
    return moved(value) as object;
  }
  if (value instanceof AbortSignal) {
    throw walk.refusal(
      'an AbortSignal belongs to its own thread',
      'pass it as an option, run.with({ signal }), and read currentThread().signal in the task, or wrap it in transfer()',
    );
  }
  throw walk.refusal('it can move to another thread, but not be copied', 'wrap it in transfer(), or open it inside the function');
}

function copyOf(view: NodeJS.ArrayBufferView): object {
  if (Buffer.isBuffer(view)) return new Uint8Array(view);
  if (types.isDataView(view)) return new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  return Reflect.apply(TYPED_SLICE, view, []) as object;
}

const TYPED_SLICE = (Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array).slice;

function moveIfMarked(walk: Walk, memory: ArrayBuffer): void {
  if (isMarked(memory)) move(walk, memory);
}

function move(walk: Walk, memory: ArrayBuffer): void {
  if (isTransferable(memory)) walk.notes.move(memory);
}

function refuseDetached(walk: Walk, memory: ArrayBuffer): void {
  if (isDetached(memory))
    throw walk.refusal('its memory was transferred before and is no longer here', 'send a copy the first time, or get it back as a result');
}
