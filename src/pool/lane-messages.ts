/**
 * What a thread says besides the outcomes of its calls.
 */
import { type CallbackMessage, takeCallback } from '../transport/called-back.js';
import { unpackOutcome } from '../transport/outcome.js';
import type { Lease } from '../transport/protocol.js';
import type { Lane, OtherMessage } from './lane.js';
import { initializerFailure } from './thread-death.js';

export interface LaneMessagesListener {
  ready(threadId: number): void;
  /** The initializer failed there. */
  failed(error: Error): void;
}

export function takeMessage(
  lane: Lane,
  message: OtherMessage,
  { executor, ways }: Pick<Lease, 'executor' | 'ways'>,
  listener: LaneMessagesListener,
): void {
  if (message.type === 'ready') listener.ready(message.thread);
  else if (message.type === 'heap') lane.heap = message.mebibytes;
  else if (message.type === 'callback') calledBack(lane, message, ways);
  else if (message.type === 'failed') listener.failed(initializerFailure(executor, unpackOutcome(message, ways)));
}

/** Not for a task whose promise has settled: it was aborted, and runs on for a while. */
function calledBack(lane: Lane, message: CallbackMessage, ways: Lease['ways']): void {
  lane.readOutcomes();
  const task = lane.head?.task;
  if (message.sequence < 0 || (task?.sequence === message.sequence && task.state !== 'settled')) takeCallback(message, ways);
}
