/**
 * What a walk writes down while it makes the shadow: everything that is not in the shadow itself.
 */
import type { Transferable } from 'node:worker_threads';
import type { Described } from '../described.js';
import type { Closing, Packed, Patch, PrivateState, Prototype, Special } from '../packed.js';
import { throwIfMetElsewhere } from './met-rows.js';
import type { Table } from './tables.js';

export class Notes {
  readonly specials: Special[] = [];
  readonly places: unknown[] = [];
  readonly patches: Patch[] = [];
  readonly transfer: Transferable[] = [];
  readonly descriptions: Described[] = [];
  /** The private state of instances that were met, and are still to be filled. */
  readonly privates = new Map<object, PrivateState>();
  /** What is noted of their rows is among the patches. */
  readonly tables: Table[] = [];
  /** Flat pairs: prototype, target. */
  readonly #prototypes: unknown[] = [];
  /** Flat pairs: how, target. */
  readonly #closed: unknown[] = [];
  /** With their specials, struck-out ones too. */
  readonly #urls = new Map<URL, Special>();
  readonly #searches = new Map<URLSearchParams, Extract<Special, { kind: 'search' }>>();
  readonly #lists = [
    this.specials,
    this.places,
    this.patches,
    this.transfer,
    this.descriptions,
    this.tables,
    this.#prototypes,
    this.#closed,
  ];

  /** The number of the special. */
  special(special: Special): number {
    return this.specials.push(special) - 1;
  }

  url(url: URL): number {
    const special = { kind: 'url', href: String(url) } as const;
    this.#urls.set(url, special);
    return this.special(special);
  }

  search(search: URLSearchParams): number {
    const special = { kind: 'search', text: String(search) } as const;
    this.#searches.set(search, special);
    return this.special(special);
  }

  place(container: object, key: string | number, special: number): void {
    this.places.push(container, key, special);
  }

  prototype(target: object, of: Prototype): void {
    this.#prototypes.push(of, target);
  }

  closed(how: Closing, target: object | number): void {
    this.#closed.push(how, target);
  }

  move(item: Transferable): void {
    if (!this.transfer.includes(item)) this.transfer.push(item);
  }

  position(): readonly number[] {
    return this.#lists.map(({ length }) => length);
  }

  /** Strikes out what was written since. */
  rewind(position: readonly number[]): void {
    for (const [i, list] of this.#lists.entries()) list.length = position[i] ?? 0;
  }

  /** `met`: all that the walk has seen. Throws `MET_ELSEWHERE`. */
  packed(root: readonly [unknown], met: Iterable<unknown>): Packed {
    throwIfMetElsewhere(this.tables, met);
    if (this.#searches.size > 0) this.#linkSearches();
    return {
      root,
      specials: this.specials,
      places: this.places,
      patches: [...this.#prototypePatches(), ...this.patches, ...this.#lastPatches()],
    };
  }

  /** To change a URL's parameters changes the URL. */
  #linkSearches(): void {
    const numbers = new Map(this.specials.map((special, index) => [special, index]));
    for (const [url, special] of this.#urls) {
      const search = this.#searches.get(url.searchParams);
      const of = numbers.get(special);
      if (search !== undefined && of !== undefined) search.of = of;
    }
  }

  #lastPatches(): Patch[] {
    return [...grouped<Closing, object | number>(this.#closed)].map(([how, targets]) => ({ kind: 'closed', how, targets }));
  }

  #prototypePatches(): Patch[] {
    return [...grouped<Prototype, object>(this.#prototypes)].map(([of, targets]) => ({ kind: 'prototype', of, targets }));
  }
}

/** Of flat pairs: what has the first in common. */
function grouped<K, T>(pairs: readonly unknown[]): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (let i = 0; i < pairs.length; i += 2) {
    const key = pairs[i] as K;
    const targets = groups.get(key);
    if (targets === undefined) groups.set(key, [pairs[i + 1] as T]);
    else targets.push(pairs[i + 1] as T);
  }
  return groups;
}
