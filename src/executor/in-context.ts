import type { TaskSettings } from '../pool/task/task.js';
import { taskContext } from '../pool/task/task-channels.js';
import type { Undertaking } from '../pool/undertakings.js';
import type { AnyFunction } from '../transport/any-function.js';
import type { Call } from '../transport/calls/call.js';
import type { FollowedStores } from '../transport/context/followed.js';
import type { Followed } from '../transport/context-store.js';
import type { Ways } from '../transport/described.js';
import { contextNow } from './send.js';

/** What `map` and `stream` need of an executor. */
export interface Host {
  readonly maxThreads: number;
  readonly ways: Ways;
  prepare(fn: AnyFunction, args: readonly unknown[]): Call;
  submitCall(call: Call, options: TaskSettings): Promise<unknown>;
  /** See `Pool.begin`. */
  begin(one: Undertaking): (() => void) | undefined;
  ready(): Promise<void>;
}

interface ContextHost extends Host {
  readonly name: string;
  prepare(fn: AnyFunction, args: readonly unknown[], stores?: readonly Followed[]): Call;
}

/** The executor, for what sends several calls by and by: they all have the stores of this moment. */
export function inContext(host: ContextHost, followed: FollowedStores | undefined): Host {
  if (followed === undefined && !taskContext.hasSubscribers) return host;
  const stores = attempt(() => contextNow(host.name, followed));
  return {
    get maxThreads() {
      return host.maxThreads;
    },
    ways: host.ways,
    // Here, where `map` and `stream` expect a failure, and not where they are called, which never throws.
    prepare: (fn, args) => host.prepare(fn, args, stores()),
    submitCall: (call, options) => host.submitCall(call, options),
    begin: (one) => host.begin(one),
    ready: () => host.ready(),
  };
}

function attempt<T>(read: () => T): () => T {
  try {
    const value = read();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
