/**
 * The short way of `transfer()`: arguments that structured clone carries faithfully but for memory that moves need no packing.
 */
import { types } from 'node:util';
import type { Transferable } from 'node:worker_threads';
import { look } from './look.js';
import { isAnythingMarked, isDetached, isMarked, isTransferable, isWhole } from './transfer.js';
import { TYPED_ARRAYS } from './typed-arrays.js';

/** What moves, or undefined where something else among the arguments needs packing. */
export function movedArguments(args: readonly unknown[]): Transferable[] | undefined {
  if (!isAnythingMarked()) return undefined;
  const moved: ArrayBuffer[] = [];
  for (const arg of args) {
    const memory = movedMemory(arg);
    if (memory === undefined && look(arg) === 'special') return undefined;
    if (memory !== undefined && !moved.includes(memory)) moved.push(memory);
  }
  return moved.length > 0 ? moved : undefined;
}

/** Not of Buffers and other subclasses, whose class is lost in a clone. */
function movedMemory(value: unknown): ArrayBuffer | undefined {
  if (typeof value !== 'object' || value === null || !isBuiltin(value)) return undefined;
  const memory = types.isArrayBufferView(value) ? value.buffer : value;
  const moves = isMarked(memory) || (isMarked(value) && isWhole(value as NodeJS.ArrayBufferView));
  if (!moves || !types.isArrayBuffer(memory) || isDetached(memory) || !isTransferable(memory)) return undefined;
  return memory;
}

function isBuiltin(value: object): boolean {
  return (types.isArrayBufferView(value) || types.isArrayBuffer(value)) && BUILTINS.has(Object.getPrototypeOf(value));
}

const BUILTINS = new Set<object>([ArrayBuffer.prototype, DataView.prototype, ...TYPED_ARRAYS.map(({ prototype }) => prototype)]);
