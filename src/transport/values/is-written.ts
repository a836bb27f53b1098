import { types } from 'node:util';

/** Whether these are arguments that were written while they waited: all others are an array. */
export function isWritten(payload: unknown): payload is Uint8Array {
  return types.isUint8Array(payload);
}
