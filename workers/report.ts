/**
 * Posts how a call ended; what cannot be posted becomes the error that says so.
 */
import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { bareOutcome, type PackedOutcome, packOutcome } from '../src/transport/outcome.js';
import { explainCloneFailure } from '../src/transport/values/explain.js';

const MEBIBYTE = 2 ** 20;

export function postOutcome(port: MessagePort, { message, transfer }: PackedOutcome): void {
  try {
    port.postMessage(message, transfer as never);
  } catch (error) {
    const reason = message.ok ? explainCloneFailure(message.payload, 'result', error) : message.payload;
    const { message: failed } = packOutcome(message.sequence, false, reason);
    try {
      port.postMessage(failed);
    } catch {
      port.postMessage(bareOutcome(message.sequence, reason).message);
    }
  }
}

/** MiB of V8 heap in use. */
export function heapInUse(): number {
  return getHeapStatistics().used_heap_size / MEBIBYTE;
}
