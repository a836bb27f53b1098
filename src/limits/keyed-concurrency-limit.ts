import type { Arguments } from './arguments.js';
import { checkedLimit, checkFunction } from './checks.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { Place } from './place.js';
import { shownBy } from './shown.js';
import { wearing } from './wearing.js';

/**
 * One `ConcurrencyLimit` a key (a domain, a tenant), made at the key's first call and dropped when nobody holds or awaits a place under it,
 * so that a crawler of a million domains remembers only those it is talking to.
 *
 * Keys are told apart as a `Map` does: strings by their characters, objects by identity.
 *
 * @example
 * const perHost = new KeyedConcurrencyLimit(2);
 * const getPage = perHost.wrap(fetchText, (url) => new URL(url).host);
 */
export class KeyedConcurrencyLimit<K = string> {
  readonly #limitFor: (key: K) => number;
  readonly #limits = new Map<K, ConcurrencyLimit>();

  /**
   * @param limit The same for each key, or a function of the key, asked whenever the key's limit is made anew.
   * @throws TypeError, RangeError for what is no limit; of what the function gives, calls reject with it.
   */
  constructor(limit: number | ((key: K) => number)) {
    if (typeof limit === 'function') {
      this.#limitFor = limit;
    } else {
      checkedLimit(limit, 'concurrency');
      this.#limitFor = () => limit;
    }
  }

  /** Keys that hold or wait for a place. */
  get size(): number {
    return this.#limits.size;
  }

  /** As `ConcurrencyLimit.acquire`, under the limit of `key`. */
  async acquire(key: K, options?: { signal?: AbortSignal | undefined }): Promise<Disposable> {
    const limit = this.#at(key);
    try {
      const place = await limit.acquire(options);
      return new Place(() => {
        place[Symbol.dispose]();
        this.#dropIfIdle(key, limit);
      });
    } catch (error) {
      this.#dropIfIdle(key, limit);
      throw error;
    }
  }

  /** `fn(...args)` under the limit of `key`. Never throws: whatever is wrong, the promise rejects. */
  async run<A extends Arguments, R>(key: K, fn: (this: void, ...args: A) => R, ...args: A): Promise<Awaited<R>> {
    checkFunction(fn, 'run');
    const place = await this.acquire(key);
    try {
      return await fn(...args);
    } finally {
      place[Symbol.dispose]();
    }
  }

  /** A function of the same name and length that does each call under the limit of the key that `keyOf` makes of its arguments. */
  wrap<A extends Arguments, R>(fn: (this: void, ...args: A) => R, keyOf: (...args: A) => K): (...args: A) => Promise<Awaited<R>> {
    checkFunction(fn, 'wrap');
    checkFunction(keyOf, 'tell keys by');
    const run = async (args: A): Promise<Awaited<R>> => this.run(keyOf(...args), fn, ...args);
    return wearing(fn, (...args: A) => run(args));
  }

  #at(key: K): ConcurrencyLimit {
    let limit = this.#limits.get(key);
    if (!limit) {
      limit = new ConcurrencyLimit(this.#limitFor(key));
      this.#limits.set(key, limit);
    }
    return limit;
  }

  // Who was refused hears of it a moment later: by then the key may have been dropped, and made anew for others.
  #dropIfIdle(key: K, limit: ConcurrencyLimit): void {
    if (limit.running === 0 && limit.waiting === 0 && this.#limits.get(key) === limit) this.#limits.delete(key);
  }
}

shownBy(KeyedConcurrencyLimit, ({ size }) => ({ size }));
