/**
 * How many items go to a thread at a time: few enough that no thread works for long on what another could do, and that neither the
 * thread nor the caller's event loop is held up; many enough that the message costs little beside the work.
 */

import { serialize } from 'node:v8';
import { performance } from '../../transport/own-globals.js';

/** What a chunk is to cost its thread, ms. A message costs 20 to 30 µs on this side, so about 1 % of it. */
const AIM = 2;

/** What sending one may cost the calling thread, ms. */
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

/** Items looked at for what sending costs. */
const SAMPLE = 8;

export class ChunkSize {
  readonly #of: object;
  readonly #fixed: number | undefined;
  #size = 1;
  /** ms an item takes its thread; undefined before the first has come back. */
  #itemTakes: number | undefined;
  /** ms an item takes to be sent. */
  #itemCosts = 0;

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
    const costs = Math.max(this.#itemCosts, 1e-6);
    const wanted = Math.min(MOST, Math.floor(AIM / this.#itemTakes), Math.floor(SEND / costs));
    // A chunk smaller than the size (the last ones, a slow source) is no reason to grow: it was not what was asked for.
    if (items * 2 >= this.#size) this.#size = Math.min(wanted, this.#size * GROWTH);
    else this.#size = Math.min(wanted, this.#size);
    this.#size = Math.max(1, this.#size);
  }

  /** Looks at what sending such items costs, where it is not the same for all. */
  sample(items: ArrayLike<unknown>): void {
    if (this.#fixed !== undefined || !Array.isArray(items) || typeof items[0] !== 'object' || items.length < this.#size) return;
    const few = items.slice(0, SAMPLE);
    const before = performance.now();
    try {
      serialize(few);
    } catch {
      return; // whoever sends them says why they cannot be
    }
    this.#itemCosts = (performance.now() - before) / few.length;
  }
}
