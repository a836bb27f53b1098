/**
 * The lives of threads, on channels of `node:diagnostics_channel`: one message a thread, the same at its start and at its exit.
 */
import { channel } from 'node:diagnostics_channel';
import { epochNow } from '../../transport/shared-memory/claims.js';

/** A thread, as the channels `run-in-executor:thread:start` and `run-in-executor:thread:exit` tell of it. */
export interface ThreadMessage {
  /** The executor's name. */
  readonly executor: string;
  /** Node's `threadId`; undefined for one that ended before it could answer. */
  readonly thread: number | undefined;
  /** When it began to start, epoch ms. */
  readonly startedAt?: number | undefined;
  /** When it had run the initializer, and could take its first task. */
  readonly readyAt?: number | undefined;
  /** When it was found to have ended. */
  exitedAt?: number;
  /** What ended it, if it was not let go: what it died of, or why it was ended. */
  cause?: unknown;
}

const threadStart = channel('run-in-executor:thread:start');
const threadExit = channel('run-in-executor:thread:exit');

const lives = new WeakMap<object, ThreadMessage>();

/** The thread of this lane can take tasks. */
export function tellThreadStart(lane: object, executor: string, thread: number, startedAt: number): void {
  if (!threadStart.hasSubscribers && !threadExit.hasSubscribers) return;
  const message: ThreadMessage = { executor, thread, startedAt, readyAt: epochNow() };
  lives.set(lane, message);
  threadStart.publish(message);
}

/** It has ended. */
export function tellThreadExit(lane: object, executor: string, thread: number | undefined, cause: unknown): void {
  if (!threadExit.hasSubscribers) return;
  const message = lives.get(lane) ?? { executor, thread };
  message.exitedAt = epochNow();
  if (cause !== undefined) message.cause = cause;
  threadExit.publish(message);
}
