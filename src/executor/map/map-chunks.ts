/**
 * The items of a map in the chunks in which they are sent: what the source has next, and what threads have handed back.
 */
import { ChunkSize } from './chunk-size.js';
import { type Source, sourceOf } from './map-source.js';

/** Items from number `first` on, or their results. */
export interface Chunk {
  readonly first: number;
  readonly values: ArrayLike<unknown>;
}

export interface ChunkOptions {
  /** The function that is mapped. */
  readonly of: object;
  readonly chunkSize: number | undefined;
  readonly lookahead: number | undefined;
}

export class MapChunks {
  readonly size: ChunkSize;
  /** What the source has thrown: it comes after the results of all that it gave before. */
  failure: { readonly error: unknown } | undefined;
  readonly #source: Source;
  readonly #lookahead: number | undefined;
  readonly #back: Chunk[] = [];
  /** Items from this number on are not wanted any more. */
  #end = Number.POSITIVE_INFINITY;
  #read = 0;
  #consumed = 0;

  /** `wake`: the source has more than it had when it was asked. Throws TypeError for what cannot be iterated. */
  constructor(items: unknown, { of, chunkSize, lookahead }: ChunkOptions, wake: () => void) {
    this.size = new ChunkSize(of, chunkSize);
    this.#lookahead = lookahead;
    this.#source = sourceOf(items, wake);
  }

  get total(): number | undefined {
    return this.#source.total;
  }

  /** There is none, and none will come. */
  get ended(): boolean {
    return this.#back.length === 0 && (this.#source.ended || this.failure !== undefined || this.#end < Number.POSITIVE_INFINITY);
  }

  /** Undefined: none now. `inFlight`: how many chunks there are to be at a time. */
  next(threads: number, inFlight: number): Chunk | undefined {
    const chunk = this.#back.shift();
    return chunk === undefined ? this.#readNext(threads, inFlight) : this.#pieceOf(chunk, threads);
  }

  giveBack(chunk: Chunk): void {
    if (chunk.first < this.#end) this.#back.unshift(chunk);
  }

  /** An item has failed: those from its number on are not wanted any more, and the source is closed. */
  endAt(item: number): void {
    this.#end = Math.min(this.#end, item);
    this.#back.splice(0, this.#back.length, ...this.#back.filter(({ first }) => first < this.#end));
    // What closing the source throws comes second, and only the first failure is told.
    this.close().catch(() => undefined);
  }

  /** So many results have gone to whoever consumes them. */
  consumed(results: number): void {
    this.#consumed += results;
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  /** What a thread handed back goes in pieces that fit what is known of it by now. */
  #pieceOf(chunk: Chunk, threads: number): Chunk {
    const { first, values } = chunk;
    const size = this.size.next(undefined, threads);
    if (values.length <= size) return chunk;
    this.#back.unshift({ first: first + size, values: cut(values, size, values.length) });
    return { first, values: cut(values, 0, size) };
  }

  #readNext(threads: number, inFlight: number): Chunk | undefined {
    if (this.#source.ended || this.failure !== undefined || this.#end < Number.POSITIVE_INFINITY) return undefined;
    const { total } = this.#source;
    const size = this.size.next(total === undefined ? undefined : total - this.#read, threads);
    const lookahead = this.#lookahead ?? 2 * inFlight * size;
    const allowed = lookahead - (this.#read - this.#consumed);
    if (allowed <= 0) return undefined;
    // A short lookahead is shared by all threads.
    const most = Math.max(1, Math.min(size, allowed, Math.floor(lookahead / inFlight)));
    try {
      const values = this.#source.take(most, allowed);
      if (values === undefined || values.length === 0) return undefined;
      const first = this.#read;
      this.#read += values.length;
      return { first, values };
    } catch (error) {
      this.failure = { error };
      return undefined;
    }
  }
}

/** The items from one to another, which a thread has not run, or has. */
export function cut(values: ArrayLike<unknown>, from: number, to: number): ArrayLike<unknown> {
  if (Array.isArray(values)) return values.slice(from, to);
  const view = values as Float64Array;
  return view.buffer instanceof SharedArrayBuffer ? view.subarray(from, to) : view.slice(from, to);
}
