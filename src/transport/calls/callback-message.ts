/**
 * A task calls back: the arguments go to the calling side in a message of their own, on the port that its outcome takes later.
 */
import type { Transferable } from 'node:worker_threads';
import type { Ways } from '../described.js';
import { callListener } from '../functions/callback.js';
import { functionOf } from '../functions/ids.js';
import type { FromThread } from '../protocol.js';
import { explainCloneFailure } from '../values/clone-failure.js';
import { encode } from '../values/encode.js';
import { deliveriesHome, describeHome, unpackOutcome } from './outcome.js';

export type CallbackMessage = Extract<FromThread, { type: 'callback' }>;

/** Posts it. Throws ValueNotSendableError into the task. */
export function postCallback(
  post: (message: CallbackMessage, transfer: Transferable[]) => void,
  sequence: number,
  id: number,
  args: readonly unknown[],
): void {
  const { packed, payload, descriptions, transfer } = encode(args, { describe: describeHome, rootPath: 'args' });
  try {
    post({ type: 'callback', sequence, id, packed, payload, deliveries: deliveriesHome(descriptions) }, transfer ?? []);
  } catch (error) {
    throw explainCloneFailure(payload, 'args', error);
  }
}

/** On the calling side. Does nothing if nobody holds the function any more. */
export function takeCallback(message: CallbackMessage, ways: Ways): void {
  const fn = functionOf(message.id);
  if (fn === undefined) return;
  callListener((...args: unknown[]) => fn(...args), unpackOutcome(message, ways) as unknown[]);
}
