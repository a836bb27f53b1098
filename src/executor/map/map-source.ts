/**
 * Where the items of a map come from, read as far as they are wanted and no further.
 */

import { nounOf } from '../../errors.js';
import { clearTimeout, setImmediate, setTimeout } from '../../transport/own/own-globals.js';

/** What reads the items. One of it is read once. */
export interface Source {
  /** Undefined where nobody knows before the end. */
  readonly total: number | undefined;
  /** No item will come any more. */
  readonly ended: boolean;
  /**
   * The next items: at most `most`, fewer if fewer are there. Undefined: none now; `wake` will be called.
   * `allowed` is how many may be read ahead in all. Throws what the source throws.
   */
  take(most: number, allowed: number): ArrayLike<unknown> | undefined;
  /** Nobody wants more: the iterator is told. */
  close(): Promise<void>;
}

export function sourceOf(items: unknown, wake: () => void): Source {
  if (Array.isArray(items) && items[Symbol.iterator] === Array.prototype[Symbol.iterator]) return new ArraySource(items, true);
  if (ArrayBuffer.isView(items) && !(items instanceof DataView)) return new ArraySource(bytesOf(items) as unknown as Sliceable, false);
  const iterable = items as Partial<Iterable<unknown> & AsyncIterable<unknown>> | null | undefined;
  const asynchronous = iterable?.[Symbol.asyncIterator]?.();
  if (asynchronous !== undefined) return new AsyncSource(asynchronous, wake);
  const iterator = iterable?.[Symbol.iterator]?.();
  if (iterator !== undefined) return new IteratorSource(iterator, sizeOf(items));
  throw new TypeError(`Cannot map over ${nounOf(items)}: it takes an array, or anything that can be iterated`);
}

interface Sliceable extends ArrayLike<unknown> {
  readonly buffer?: ArrayBufferLike;
  slice(from: number, to: number): ArrayLike<unknown>;
  subarray(from: number, to: number): ArrayLike<unknown>;
}

/** By index, and cut rather than copied item by item. Of shared memory nothing is copied at all. */
class ArraySource implements Source {
  readonly #array: Sliceable;
  readonly #isArray: boolean;
  #at = 0;

  constructor(array: ArrayLike<unknown>, isArray: boolean) {
    this.#array = array as Sliceable;
    this.#isArray = isArray;
  }

  get total(): number {
    return this.#array.length;
  }

  get ended(): boolean {
    return this.#at >= this.#array.length;
  }

  take(most: number): ArrayLike<unknown> {
    const from = this.#at;
    this.#at = Math.min(this.#array.length, from + most);
    if (this.#isArray) return compact(this.#array.slice(from, this.#at) as unknown[]);
    if (this.#array.buffer instanceof SharedArrayBuffer) return this.#array.subarray(from, this.#at);
    return this.#array.slice(from, this.#at);
  }

  async close(): Promise<void> {}
}

/** What `slice` of a Buffer gives is no copy, and shares its memory with strangers. */
function bytesOf(view: ArrayBufferView): ArrayBufferView {
  return Buffer.isBuffer(view) ? new Uint8Array(view.buffer, view.byteOffset, view.length) : view;
}

class IteratorSource implements Source {
  readonly total: number | undefined;
  readonly #iterator: Iterator<unknown>;
  /** It has ended by itself, and is not told to return. */
  #done = false;
  /** What it threw, after items that are taken first. */
  #failure: { readonly error: unknown } | undefined;

  constructor(iterator: Iterator<unknown>, total: number | undefined) {
    this.#iterator = iterator;
    this.total = total;
  }

  get ended(): boolean {
    return this.#done && this.#failure === undefined;
  }

  take(most: number): ArrayLike<unknown> | undefined {
    const items: unknown[] = [];
    this.#readInto(items, most);
    if (items.length > 0) return compact(items);
    if (this.#failure === undefined) return undefined;
    const { error } = this.#failure;
    this.#failure = undefined;
    throw error;
  }

  async close(): Promise<void> {
    if (!this.#done) this.#iterator.return?.();
    this.#done = true;
  }

  #readInto(items: unknown[], most: number): void {
    try {
      while (!this.#done && items.length < most) {
        const { done, value } = this.#iterator.next();
        if (done === true) this.#done = true;
        else items.push(value);
      }
    } catch (error) {
      this.#done = true;
      this.#failure = { error };
    }
  }
}

/** Reads one item at a time, ahead of need, as asynchronous iterators want it. */
class AsyncSource implements Source {
  readonly total = undefined;
  readonly #iterator: AsyncIterator<unknown>;
  readonly #wake: () => void;
  #items: unknown[] = [];
  #allowed = 0;
  #reading = false;
  #waking = false;
  #done = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(iterator: AsyncIterator<unknown>, wake: () => void) {
    this.#iterator = iterator;
    this.#wake = wake;
  }

  get ended(): boolean {
    return this.#done && this.#items.length === 0 && this.#failure === undefined;
  }

  take(most: number, allowed: number): ArrayLike<unknown> | undefined {
    this.#allowed = allowed;
    const items = this.#items.splice(0, most);
    this.#allowed -= items.length;
    if (items.length === 0 && this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      throw error;
    }
    if (!this.#reading && !this.#done) void this.#read();
    return items.length === 0 ? undefined : compact(items);
  }

  async close(): Promise<void> {
    if (this.#done) return;
    const reading = this.#reading;
    this.#done = true;
    const closed = this.#iterator.return?.();
    // A generator closes only after what it is waiting for, which may never come.
    if (reading && closed !== undefined) await within(CLOSING, closed);
    else await closed;
  }

  async #read(): Promise<void> {
    this.#reading = true;
    try {
      while (!this.#done && this.#items.length < this.#allowed) {
        const { done, value } = await this.#iterator.next();
        if (done === true) this.#done = true;
        else this.#items.push(value);
        this.#wakeSoon();
      }
    } catch (error) {
      this.#done = true;
      this.#failure = { error };
      this.#wakeSoon();
    }
    this.#reading = false;
  }

  /** Once for all items that come in one turn: a chunk each would waste what a fast source is good for. */
  #wakeSoon(): void {
    if (this.#waking) return;
    this.#waking = true;
    setImmediate(() => {
      this.#waking = false;
      this.#wake();
    });
  }
}

/** So long whoever leaves a map waits for the end of a source that is itself waiting, ms. */
const CLOSING = 1_000;

/** Rejects as the promise does, if it does so in time. */
async function within(ms: number, promise: PromiseLike<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Numbers travel as memory: a tenth of the cost of an array of them. */
function compact(items: unknown[]): ArrayLike<unknown> {
  for (let i = 0; i < items.length; i++) if (typeof items[i] !== 'number') return items;
  return Float64Array.from(items as number[]);
}

function sizeOf(items: unknown): number | undefined {
  return items instanceof Set || items instanceof Map ? items.size : undefined;
}
