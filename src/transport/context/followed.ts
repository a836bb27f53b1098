/**
 * Stores that follow a call into its thread: what an executor's `context` option names, read at each call.
 */
import { ValueNotSendableError } from '../../errors.js';
import { standsFor } from '../closures/stand-ins.js';
import { type Followed, liveStore, type Store, type StoreOrGetter } from '../context-store.js';
import type { Ways } from '../described.js';
import { type CallSite, callSites } from '../functions/call-site.js';
import { findStore } from './find-store.js';

export class FollowedStores {
  readonly #stores: readonly StoreOrGetter[];
  readonly #ways: Ways;
  /** The file that made the executor has mostly imported its stores, or exports them. */
  readonly #makers: readonly CallSite[] = callSites();
  readonly #found = new WeakSet<object>();

  constructor(stores: readonly StoreOrGetter[], ways: Ways) {
    this.#stores = stores;
    this.#ways = ways;
  }

  /** As of now; undefined where no store has a value. Throws ValueNotSendableError for a store that no thread could find. */
  now(): readonly Followed[] | undefined {
    let followed: Followed[] | undefined;
    for (const [index, store] of this.#stores.entries()) {
      const value = liveStore(store).getStore() as unknown;
      if (value === undefined) continue;
      if (typeof store !== 'function') this.#find(store, index);
      followed ??= [];
      followed.push({ index, store, value });
    }
    return followed;
  }

  /** At the first call, not before: a module that makes both store and executor has exported neither while it does so. */
  #find(store: Store, index: number): void {
    if (this.#found.has(store)) return;
    const standIn = findStore(store, [...this.#makers, ...callSites()], this.#ways);
    if (standIn === undefined) {
      const path = `context[${index}]`;
      const { name = '' } = store as { name?: string };
      throw new ValueNotSendableError(
        `Cannot send ${path}${name === '' ? '' : ` (${name})`} across threads: no module that a thread can import exports this AsyncLocalStorage, as far as can be told; export it by a name of its own from a module that is not the program's entry, or name it by a function, context: [() => store]`,
        { path },
      );
    }
    standsFor(store, standIn);
    this.#found.add(store);
  }
}
