/**
 * A call goes to its pool; where somebody listens, by way of the channels of `node:diagnostics_channel`.
 */
import type { Pool } from '../pool/pool.js';
import type { TaskSettings } from '../pool/task/task.js';
import { type ObservedTask, taskContext, taskSubmit } from '../pool/task/task-channels.js';
import type { AnyFunction } from '../transport/any-function.js';
import type { FollowedStores } from '../transport/context/followed.js';
import type { Followed } from '../transport/context-store.js';
import { labelOf as nameOf } from '../transport/functions/label.js';
import { epochNow } from '../transport/shared-memory/claims.js';
import { atCaller } from './caller-stack.js';

/** What an executor needs of a pool. */
export type TaskPool = Pick<
  Pool,
  'state' | 'maxThreads' | 'prepare' | 'submit' | 'begin' | 'stats' | 'ready' | 'resize' | 'warmUp' | 'close' | 'terminate'
>;

/** For a call that somebody listens to: `send` submits it, or throws why it cannot. */
export function sendObserved(observed: ObservedTask, below: AnyFunction, send: () => Promise<unknown>): Promise<unknown> {
  // As with tracing channels: what subscribers bind to the channel holds while the call is read.
  const promise = taskSubmit.runStores(observed, () => {
    try {
      return send();
    } catch (error) {
      const refused = atCaller(error, below);
      observed.ended({ error: refused });
      return Promise.reject(refused);
    }
  });
  observed.sentAt = epochNow();
  return promise as Promise<unknown>;
}

/** What the task is called where somebody listens. */
export function labelOf(fn: AnyFunction, { name }: TaskSettings): string {
  return name ?? (nameOf(fn) || 'anonymous');
}

/** What goes along with a call that is read now: the executor's stores, and whatever listeners add. */
export function contextNow(executor: string, stores: FollowedStores | undefined): readonly Followed[] | undefined {
  const own = stores?.now();
  if (!taskContext.hasSubscribers) return own;
  const all = [...(own ?? [])];
  const follow = (store: Followed['store'], value: unknown) => void all.push({ index: all.length, store, value });
  taskContext.publish({ executor, follow });
  return all.length === 0 ? undefined : all;
}
