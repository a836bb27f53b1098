import { threadId } from 'node:worker_threads';
import { currentThread } from '../../index.js';

/** Goes to a thread by reference, from the file that it is built into: the id of the thread; undefined where there is none. */
export function whereItRuns(): number | undefined {
  return currentThread() === undefined ? undefined : threadId;
}
