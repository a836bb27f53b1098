/**
 * What a thread says besides the outcomes of its calls.
 */
import { type CallbackMessage, takeCallback } from '../../transport/calls/callback-message.js';
import { unpackOutcome } from '../../transport/calls/outcome.js';
import type { Lease } from '../../transport/protocol.js';
import type { Lane, OtherMessage } from '../lane/lane.js';
import { tellThreadStart } from './thread-channels.js';
import { brokenThread, initializerFailure } from './thread-death.js';

export interface LaneMessagesListener {
  ready(threadId: number): void;
  /** The initializer failed there, or its own code. */
  failed(error: Error): void;
}

export function takeMessage(
  lane: Lane,
  message: OtherMessage,
  { executor, ways }: Pick<Lease, 'executor' | 'ways'>,
  listener: LaneMessagesListener,
): void {
  if (message.type === 'ready') {
    listener.ready(message.thread);
    tellThreadStart(lane, executor, message.thread, message.startedAt);
  } else if (message.type === 'nested') {
    if (isRunning(lane, message.sequence)) lane.head?.task.observed?.ranInside(message.name, message.startedAt, message.endedAt);
  } else if (message.type === 'finalizing') lane.finalizing = message.now;
  else if (message.type === 'heap') lane.heap = message.mebibytes;
  else if (message.type === 'callback') calledBack(lane, message, ways);
  else if (message.type === 'broken') listener.failed(brokenThread(message.why));
  else if (message.type === 'failed') listener.failed(initializerFailure(executor, unpackOutcome(message, ways)));
}

/** Not for a task whose promise has settled: it was aborted, and runs on for a while. */
function calledBack(lane: Lane, message: CallbackMessage, ways: Lease['ways']): void {
  if (message.sequence < 0 || (isRunning(lane, message.sequence) && lane.head?.task.state !== 'settled')) takeCallback(message, ways);
}

function isRunning(lane: Lane, sequence: number): boolean {
  lane.readOutcomes();
  return lane.head?.task.sequence === sequence;
}
