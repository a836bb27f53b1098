/**
 * A call made inside a task shares its thread, so nothing can be taken from it; but whoever awaits it waits no longer than they wanted to.
 */
import { onAbort } from '../../limits/on-abort.js';
import { afterHere as after } from '../../pool/after.js';
import { ranTooLong } from '../../pool/task/refusals.js';
import { clearTimeout } from '../../transport/own/own-globals.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import type { TaskOptions } from '../task-options.js';

/** Rejects as soon as `signal` aborts or `timeout` is over; for a synchronous function, when it returns. What was aborted before does not start. */
export function stoppable({ signal, timeout }: TaskOptions, label: string, run: () => Promise<unknown>): Promise<unknown> {
  if (signal === undefined && timeout === undefined) return run();
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const startedAt = epochNow();
    const timer = timeout === undefined ? undefined : after(timeout, () => end(() => reject(ranTooLong({ label }, timeout))));
    const unwatch = signal && onAbort(signal, (reason) => end(() => reject(reason)));
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      unwatch?.();
      settle();
    };
    run().then(
      (value) => end(() => (isOver(startedAt, timeout) ? reject(ranTooLong({ label }, timeout)) : resolve(value))),
      (error) => end(() => reject(error)),
    );
  });
}

/** The clock had no turn while a synchronous function ran. */
function isOver(startedAt: number, timeout: number | undefined): timeout is number {
  return timeout !== undefined && epochNow() - startedAt > timeout;
}
