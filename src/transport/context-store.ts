/**
 * A store that follows calls into their threads, and its value of one moment.
 */
import type { AsyncLocalStorage } from 'node:async_hooks';

// biome-ignore lint/suspicious/noExplicitAny: a store of anything
export type Store = AsyncLocalStorage<any>;

/** A store, or a function that returns it: that one crosses like any other function, and finds the store in the thread. */
export type StoreOrGetter = Store | (() => Store);

export interface Followed {
  /** Its place in the executor's option, for errors: `context[0].socket`. */
  readonly index: number;
  readonly store: StoreOrGetter;
  readonly value: unknown;
}

/** The store itself, on this thread. */
export function liveStore(store: StoreOrGetter): Store {
  return typeof store === 'function' ? store() : store;
}
