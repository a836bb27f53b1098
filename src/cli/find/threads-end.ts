/**
 * The end of the main thread ends the others in the middle of whatever they do, and without a word: so they are asked before.
 */
import { readdirSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';

/** On the main thread: asks the others of this process to write what they have, and waits for it a moment, for a blocked one never does. */
export function finishThreads(folder: string): void {
  if (unfinished(folder) === 0) return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('finish');
  const until = performance.now() + PATIENCE;
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (unfinished(folder) > 0 && performance.now() < until) Atomics.wait(clock, 0, 0, 10);
  channel.close();
}

/** On another thread. */
export function whenAskedToFinish(finish: () => void): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = finish;
  (channel as unknown as { unref(): void }).unref();
}

/** Threads other than the main one that have started and written nothing yet; those that ended without it are among them. */
function unfinished(folder: string): number {
  const files = readdirSync(folder).filter((file) => file.startsWith(`${process.pid}-`) && !file.startsWith(`${process.pid}-0.`));
  const written = files.filter((file) => file.endsWith('.json')).length;
  return files.length - 2 * written;
}

const CHANNEL = 'run-in-executor.find';

/** ms. */
const PATIENCE = 400;
