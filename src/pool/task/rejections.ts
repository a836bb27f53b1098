/**
 * Rejections of this side's own, which may come by the 100,000 in one turn: a signal that all share, an executor that is terminated, threads
 * that do not start. So many at once, and the others in slices, in the order of their ends: between these the calling thread does what else it has to.
 */
import { OwnPromise, setImmediate } from '../../transport/own/own-globals.js';

interface Rejecting {
  /** Settles its promise. */
  release(): void;
}

/** In one turn. What follows upon a rejection takes its caller some 5 to 10 µs. */
const AT_ONCE = 500;

let inThisTurn = 0;
let waiting: Rejecting[] = [];
let next = 0;
let whenDone: { readonly promise: Promise<void>; resolve(): void } | undefined;

/** Settles it now, or in its turn. */
export function reject(task: Rejecting): void {
  if (inThisTurn === 0) setImmediate(nextSlice);
  inThisTurn++;
  if (inThisTurn <= AT_ONCE && waiting.length === 0) task.release();
  else waiting.push(task);
}

/** Resolves when all that had to wait have been settled. */
export async function rejected(): Promise<void> {
  if (waiting.length === 0) return;
  whenDone ??= makeDone();
  await whenDone.promise;
}

function nextSlice(): void {
  inThisTurn = 0;
  if (waiting.length === 0) return;
  const end = Math.min(next + AT_ONCE, waiting.length);
  inThisTurn = end - next;
  setImmediate(nextSlice);
  while (next < end) (waiting[next++] as Rejecting).release();
  if (next < waiting.length) return;
  waiting = [];
  next = 0;
  whenDone?.resolve();
  whenDone = undefined;
}

function makeDone(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = (): void => {};
  const promise = new OwnPromise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
