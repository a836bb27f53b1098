/**
 * `map` in a thread: a function over the items of a chunk.
 */

import type { AnyFunction } from '../any-function.js';
import type { Rebuild, Rebuilt } from '../described.js';
import { performance } from '../own/own-globals.js';
import { threadState } from '../own/thread-state.js';
import type { Packed } from '../packed.js';
import type { EachFunction } from '../protocol.js';
import { isThenable } from '../thenable.js';
import { decode } from '../values/decode.js';

/** What a chunk comes back as: the results of its first items, all of them or as many as fitted into the time. */
export interface ChunkReply {
  readonly results: ArrayLike<unknown>;
  /** Run time, ms. */
  readonly took: number;
}

/** What a chunk throws, for an error alone would not tell how far it got. */
export interface ChunkFailure {
  readonly 'run-in-executor:chunk': true;
  readonly results: ArrayLike<unknown>;
  readonly error: unknown;
}

/** One function for all chunks that meet this thread: what it captures comes once, and items are of the same classes. */
export function rebuildEach({ call, name }: EachFunction, rebuild: NonNullable<Rebuilt['rebuild']>): Rebuild {
  let fn: AnyFunction | undefined;
  const made = new Map<number, Rebuilt>();
  const makeAndKeep = (id: number, self?: number, home?: AnyFunction): Rebuilt => {
    const rebuilt = rebuild(id, self, home);
    // Closures of one place share a number.
    if (isClass(rebuilt.fn)) made.set(id, { fn: rebuilt.fn, fill: () => undefined });
    return rebuilt;
  };
  const find = (): AnyFunction => {
    const value = call.packed ? decode(call.payload as Packed, { rebuild: makeAndKeep }) : undefined;
    return call.fn === 0 ? (value as [AnyFunction])[0] : rebuild(call.fn).fn;
  };
  const each = (items: ArrayLike<unknown>, budget: number): unknown => {
    fn ??= find();
    return new Chunk(fn, items, budget).run();
  };
  Object.defineProperty(each, 'name', { value: name, configurable: true });
  const forItems = (id: number, self?: number, home?: AnyFunction): Rebuilt => {
    fn ??= find();
    return made.get(id) ?? rebuild(id, self, home);
  };
  const rebuilt: Rebuilt = { fn: each, fill: () => undefined, rebuild: forItems };
  return () => rebuilt;
}

/** What stands for a function may be an object, too: one that a module exports. */
function isClass(fn: unknown): boolean {
  return typeof fn === 'function' && Function.prototype.toString.call(fn).startsWith('class');
}

/** How many items may run between two looks at the clock, which costs as much as ten tiny items. */
const LONGEST_STRIDE = 16;

/** Items that take longer than this together get a closer look, ms. */
const TINY = 0.1;

/** How many of those that do mere arithmetic: 16 of them take less than two looks, ms. */
const LONGEST_STRIDE_OF_ARITHMETIC = 128;
const ARITHMETIC = 0.000_02;

/** Stands for no result. */
const NONE = Symbol('none');

class Chunk {
  readonly #fn: AnyFunction;
  readonly #items: ArrayLike<unknown>;
  readonly #budget: number;
  readonly #task = threadState()?.task();
  readonly #beganAt = performance.now();
  /** Numbers, while there is nothing else: they cross as memory. */
  #results: Float64Array | unknown[];
  #done = 0;
  #stride = 1;
  /** The item after which the clock is looked at next. */
  #lookAt = 1;
  #lookedAt = this.#beganAt;

  constructor(fn: AnyFunction, items: ArrayLike<unknown>, budget: number) {
    this.#fn = fn;
    this.#items = items;
    this.#budget = budget;
    this.#results = new Float64Array(items.length);
  }

  /** Synchronous for as long as the function is. */
  run(): ChunkReply | Promise<ChunkReply> {
    const fn = this.#fn as (item: unknown) => unknown;
    const items = this.#items;
    const { length } = items;
    try {
      while (this.#done < length) {
        const value = this.#runNumbers(fn, items, Math.min(length, this.#lookAt));
        if (isThenable(value)) return this.#goOn(value);
        if (value !== NONE) this.#keep(value);
        if (this.#done >= this.#lookAt && this.#isOver()) break;
      }
    } catch (error) {
      throw this.#failure(error);
    }
    return this.#reply();
  }

  /** Runs the items up to number `to` for as long as numbers come out, which V8 makes a tight loop of; returns the first other result. */
  #runNumbers(fn: (item: unknown) => unknown, items: ArrayLike<unknown>, to: number): unknown {
    let at = this.#done;
    const results = this.#results;
    if (!(results instanceof Float64Array)) return fn(items[at]);
    try {
      while (at < to) {
        const value = fn(items[at]);
        if (typeof value !== 'number') return value;
        results[at++] = value;
      }
    } finally {
      this.#done = at;
    }
    return NONE;
  }

  async #goOn(first: PromiseLike<unknown>): Promise<ChunkReply> {
    const fn = this.#fn as (item: unknown) => unknown;
    try {
      for (let pending: unknown = first; ; pending = fn(this.#items[this.#done])) {
        this.#keep(await pending);
        if (this.#done === this.#items.length || this.#isOver()) break;
      }
    } catch (error) {
      throw this.#failure(error);
    }
    return this.#reply();
  }

  #keep(value: unknown): void {
    if (typeof value !== 'number' && this.#results instanceof Float64Array)
      this.#results = Array.from(this.#results.subarray(0, this.#done));
    this.#results[this.#done++] = value as number;
  }

  #isOver(): boolean {
    const now = performance.now();
    this.#stride = nextStride(this.#stride, now - this.#lookedAt);
    this.#lookedAt = now;
    this.#lookAt = this.#done + this.#stride;
    return now - this.#beganAt > this.#budget || this.#task?.cancelled === true;
  }

  #reply(): ChunkReply {
    return { results: this.#kept(), took: performance.now() - this.#beganAt };
  }

  #failure(error: unknown): ChunkFailure {
    return { 'run-in-executor:chunk': true, results: this.#kept(), error };
  }

  #kept(): ArrayLike<unknown> {
    return this.#results instanceof Float64Array && this.#done < this.#results.length ? this.#results.slice(0, this.#done) : this.#results;
  }
}

/** `took`: the last so many items, ms. */
function nextStride(stride: number, took: number): number {
  if (took >= TINY) return 1;
  return Math.min(took < ARITHMETIC * stride ? LONGEST_STRIDE_OF_ARITHMETIC : LONGEST_STRIDE, 2 * stride);
}
