/**
 * `map`: a function over many items.
 */
import type { AnyFunction } from '../../transport/any-function.js';
import { eachOf } from '../../transport/calls/chunk-call.js';
import { captureCaller } from '../caller-stack.js';
import type { Host } from '../in-context.js';
import { checkMapOptions } from '../options.js';
import { takeOut } from '../take-out.js';
import type { TaskOptions } from '../task-options.js';
import { MapRun } from './map-run.js';
import type { MapSettings } from './map-settings.js';
import { ResultArray } from './result-array.js';

/**
 * Of the options of a task, `timeout` and `retries` are those of each item, `queueTimeout` is that of each message of items, and
 * `signal` stops the whole. Items that ran in one message with one whose thread died run again with it.
 */
export interface MapOptions extends TaskOptions {
  /** Items a thread takes at a time; 'auto' (default) measures, and aims at 2 ms of work. With a `timeout` it is one: no item is lost with another. */
  chunkSize?: number | 'auto' | undefined;
  /** false: iterating yields each result as it comes. Default true. An awaited array is in the order of the items either way. */
  ordered?: boolean | undefined;
  /** Items read ahead of the consumer, at most. Default: as many as keep the threads busy twice over. */
  lookahead?: number | undefined;
  /** Called here whenever results have come. What it throws is the map's failure. */
  onProgress?: ((progress: { done: number; total?: number }) => void) | undefined;
}

/** Starts when it is first awaited or iterated; consumed once. */
export interface MapResult<R> extends PromiseLike<R[]>, AsyncIterable<R> {
  /** The same promise that awaiting it makes. */
  toArray(): Promise<R[]>;
  /** Of that promise; it consumes the results, as `then` does. */
  catch: Promise<R[]>['catch'];
  /** Of that promise; it consumes the results, as `then` does. */
  finally: Promise<R[]>['finally'];
}

/** Never throws: whatever is wrong is told to whoever awaits or iterates. What `fn` captures is read now, the items later. */
export function map(host: Host, options: TaskOptions, fn: AnyFunction, items: unknown, mapOptions: MapOptions = {}): MapResult<unknown> {
  const caller = captureCaller(map);
  let start: (ordered: boolean) => MapRun;
  try {
    checkMapOptions(mapOptions);
    const { chunkSize, ordered = true, lookahead, onProgress, ...task } = mapOptions;
    const settings: Omit<MapSettings, 'ordered'> = {
      task: { ...options, ...task },
      of: fn,
      chunkSize: sizeFor(chunkSize, { ...options, ...task }.timeout),
      lookahead,
      onProgress,
      caller,
    };
    const each = eachOf(fn, host.ways);
    start = (inOrder) => new MapRun(host, each, items, { ...settings, ordered: inOrder && ordered });
  } catch (error) {
    start = () => {
      throw error;
    };
  }
  return new Mapped(start);
}

/** What shares a chunk with an item that is stopped is stopped with it, and what was finished is lost: with a time limit, each goes alone. */
function sizeFor(chunkSize: MapOptions['chunkSize'], timeout: number | undefined): number | undefined {
  if (timeout !== undefined && timeout !== Number.POSITIVE_INFINITY) return 1;
  return chunkSize === 'auto' ? undefined : chunkSize;
}

class Mapped implements MapResult<unknown> {
  #start: ((ordered: boolean) => MapRun) | undefined;

  constructor(start: (ordered: boolean) => MapRun) {
    this.#start = start;
  }

  async toArray(): Promise<unknown[]> {
    const run = this.#begin()(false);
    const results = new ResultArray(run.total);
    try {
      for (let chunk = await run.next(); chunk !== undefined; chunk = await run.next()) {
        results.put(chunk);
        run.consumed(chunk.values.length);
      }
    } finally {
      await run.stop();
    }
    return results.all;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise of an array, on demand
  then<A = unknown[], B = never>(
    fulfilled?: ((results: unknown[]) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.toArray().then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<unknown[] | B> {
    return this.toArray().catch(rejected);
  }

  finally(settled?: (() => void) | null): Promise<unknown[]> {
    return this.toArray().finally(settled);
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    const results: { run?: MapRun } = {};
    const iterator = iterate(this.#begin(), results);
    abandoned.register(iterator, results);
    return iterator;
  }

  #begin(): (ordered: boolean) => MapRun {
    const start = this.#start;
    if (start === undefined)
      throw new TypeError(
        'Cannot consume a map twice: its results are handed out once; keep the array that it resolves with, or call map() again',
      );
    this.#start = undefined;
    return start;
  }
}

/** Whoever drops an iterator without ending it wants no more, and will never say so: `close()` must not wait for it. */
const abandoned = new FinalizationRegistry<{ run?: MapRun }>(({ run }) => void run?.stop().catch(() => undefined));

async function* iterate(start: (ordered: boolean) => MapRun, results: { run?: MapRun }): AsyncGenerator<unknown, void> {
  const run = start(true);
  results.run = run;
  try {
    for (let chunk = await run.next(); chunk !== undefined; chunk = await run.next()) {
      const { values } = chunk;
      for (let i = 0; i < values.length; i++) {
        run.consumed(1);
        yield takeOut(values, i);
      }
    }
  } finally {
    await run.stop();
  }
}
