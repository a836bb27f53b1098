/**
 * How many items go to a thread at a time: few enough that no thread works for long on what another could do, and that neither the
 * thread nor the caller's event loop is held up; many enough that the message costs little beside the work.
 */

import { serialize } from 'node:v8';
import { performance } from '../../transport/own/own-globals.js';

/** What a chunk is to cost its thread, ms. A message costs 20 to 30 µs on this side, so about 1 % of it. */
const AIM = 2;

/** What sending one, or receiving its results, may cost the calling thread, ms. */
const SEND = 1;

/** Even of the tiniest items. Beyond this, nothing is gained: a message is 0.1 % of what the items cost. */
const MOST = 65_536;

/** Growth from one measured chunk to the next: a single cheap item says little about the next ten thousand. */
const GROWTH = 16;

/** Not more at first: nothing is known yet of what sending the items costs. */
const FIRST = 1_024;

/** The last chunks get smaller so that all threads end together, but not below this, ms. */
const LEAST_WORTH = 0.2;

/** What is known of a function from its last map: the first chunk may be as large. Wrong, it is handed back. */
const known = new WeakMap<object, number>();

/** Values looked at, of one chunk, for what sending costs: one in so many, and so many at most, for the look itself costs some µs. */
const ONE_IN = 8;
const SAMPLE = 64;

/** Chunks are looked at again when they have grown so much, and one in so many. */
const GROWN = 4;
const SELDOM = 16;

/** All other primitives cost as little as each other. */
const DIFFER_IN_COST = new Set(['object', 'string']);

export class ChunkSize {
  readonly #of: object;
  readonly #fixed: number | undefined;
  #size = 1;
  /** ms an item takes its thread; undefined before the first has come back. */
  #itemTakes: number | undefined;
  readonly #items = new Cost();
  readonly #results = new Cost();

  /** `of`: the function that is mapped. */
  constructor(of: object, fixed: number | undefined) {
    this.#of = of;
    this.#fixed = fixed;
    this.#itemTakes = known.get(of);
    if (this.#itemTakes !== undefined) this.#size = Math.max(1, Math.min(FIRST, Math.floor(AIM / this.#itemTakes)));
  }

  /** `left`: how many items there still are, if that is known, for how many threads. */
  next(left: number | undefined, threads: number): number {
    if (this.#fixed !== undefined) return this.#fixed;
    if (left === undefined || this.#itemTakes === undefined) return this.#size;
    const share = Math.ceil(left / (2 * threads));
    return Math.max(1, Math.min(this.#size, Math.max(share, Math.ceil(LEAST_WORTH / this.#itemTakes))));
  }

  /** A chunk of so many items has come back. */
  took(items: number, ms: number): void {
    if (items === 0) return;
    const takes = Math.max(ms / items, 1e-6);
    this.#itemTakes = this.#itemTakes === undefined ? takes : (this.#itemTakes + takes) / 2;
    known.set(this.#of, this.#itemTakes);
    const costs = Math.max(this.#items.each, this.#results.each, 1e-6);
    const wanted = Math.min(MOST, Math.floor(AIM / this.#itemTakes), Math.floor(SEND / costs));
    // A chunk smaller than the size (the last ones, a slow source) is no reason to grow: it was not what was asked for.
    if (items * 2 >= this.#size) this.#size = Math.min(wanted, this.#size * GROWTH);
    else this.#size = Math.min(wanted, this.#size);
    this.#size = Math.max(1, this.#size);
  }

  /** A chunk is sent. */
  sent(items: ArrayLike<unknown>): void {
    if (this.#fixed === undefined) this.#items.look(items);
  }

  /** These have come back. */
  came(results: ArrayLike<unknown>): void {
    if (this.#fixed === undefined) this.#results.look(results);
  }
}

/** What sending such values costs, where it is not the same for all. */
class Cost {
  /** ms. */
  each = 0;
  #looks = 0;
  #longest = 0;

  look(values: ArrayLike<unknown>): void {
    if (!Array.isArray(values) || !DIFFER_IN_COST.has(typeof values[0])) return;
    if (this.#looks++ % SELDOM !== 0 && values.length < GROWN * this.#longest) return;
    this.#longest = Math.max(this.#longest, values.length);
    const length = Math.min(SAMPLE, Math.ceil(values.length / ONE_IN));
    const few = Array.from({ length }, (_, i) => values[Math.floor((i * values.length) / length)] as unknown);
    const before = performance.now();
    try {
      serialize(few);
    } catch {
      return; // whoever sends them says why they cannot be
    }
    this.each = (performance.now() - before) / length;
  }
}
