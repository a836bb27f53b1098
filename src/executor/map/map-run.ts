/**
 * One map under way: reads items, and keeps the threads in chunks of them.
 *
 *   MapChunks ─▶ chunks in flight (two a thread, one to spare) ─▶ MapResults ─▶ whoever awaits or iterates
 */
import { QueueFullError } from '../../errors.js';
import { onAbort } from '../../limits/on-abort.js';
import type { TaskSettings } from '../../pool/task/task.js';
import type { AnyFunction } from '../../transport/any-function.js';
import type { Call } from '../../transport/calls/call.js';
import type { ChunkArguments } from '../../transport/calls/chunk-call.js';
import type { ChunkReply } from '../../transport/rebuild/each.js';
import { stackOf, withCallerStack } from '../../transport/values/errors.js';
import type { Host } from '../in-context.js';
import { inWordsOfItems, isChunkFailure, itemThatCannotCross } from './chunk-errors.js';
import { type Chunk, cut, MapChunks } from './map-chunks.js';
import { MapResults } from './map-results.js';
import { graceOfTheRest, type MapSettings } from './map-settings.js';

/** A chunk hands back what it has after this, and the rest goes to whoever is free: what turned out long holds up nobody. ms. */
const BUDGET = 5;

export class MapRun {
  readonly #host: Host;
  readonly #each: AnyFunction;
  readonly #settings: MapSettings;
  readonly #chunks: MapChunks;
  readonly #task: TaskSettings;
  readonly #stopTasks = new AbortController();
  readonly #unwatch: () => void;
  /** It was taken as a whole: a `close()` waits for this. */
  readonly #end: (() => void) | undefined;
  readonly #results: MapResults;
  #inFlight = 0;
  /** The queue is full: no more in flight than now, until there is room. */
  #held = false;
  #stopped = false;
  /** Stopped from outside: running items end as aborted tasks do. Otherwise they are left to end by themselves. */
  #aborted = false;

  constructor(host: Host, each: AnyFunction, items: unknown, settings: MapSettings) {
    this.#host = host;
    this.#each = each;
    this.#settings = settings;
    this.#results = new MapResults(settings);
    this.#chunks = new MapChunks(items, settings, () => {
      this.#pump();
      this.#results.notify();
    });
    const { signal, name = each.name || 'the function' } = settings.task;
    // What is refused so far has not begun.
    this.#end = host.begin({ label: name, fail: (error) => this.#fail(withCallerStack(error, stackOf(settings.caller))) });
    this.#task = this.#taskOptions();
    const isWatched = signal !== undefined && !signal.aborted;
    this.#unwatch = isWatched ? onAbort(signal, (reason) => this.#abort(reason)) : () => undefined;
    if (signal?.aborted === true) this.#abort(signal.reason);
  }

  get total(): number | undefined {
    return this.#chunks.total;
  }

  /** The results of the next chunk; undefined after the last. Rejects with the first failure: in order, with that of the first item. */
  async next(): Promise<Chunk | undefined> {
    for (;;) {
      this.#pump();
      const chunk = this.#results.take();
      if (chunk !== undefined) return chunk;
      if (this.#isOver()) {
        this.#unwatch();
        this.#end?.();
        if (this.#chunks.failure !== undefined) throw this.#chunks.failure.error;
        return undefined;
      }
      await this.#results.changed();
    }
  }

  /** So many results have gone to whoever consumes them. */
  consumed(results: number): void {
    this.#chunks.consumed(results);
  }

  /** Nobody wants more. */
  async stop(): Promise<void> {
    this.#unwatch();
    this.#end?.();
    if (this.#stopped) return;
    this.#stopped = true;
    this.#stopTasks.abort(new Error('The map was stopped'));
    await this.#chunks.close();
  }

  #isOver(): boolean {
    return this.#inFlight === 0 && this.#chunks.ended;
  }

  #pump(): void {
    const { maxThreads } = this.#host;
    const most = 2 * maxThreads + 1;
    while (!this.#stopped && !this.#held && this.#inFlight < most) {
      const chunk = this.#chunks.next(maxThreads, most);
      if (chunk === undefined) break;
      this.#send(chunk);
    }
  }

  #send(chunk: Chunk): void {
    this.#inFlight++;
    this.#chunks.size.sent(chunk.values);
    let sent: Promise<unknown>;
    try {
      sent = this.#host.submitCall(this.#prepare(chunk.values), this.#task);
    } catch (error) {
      this.#inFlight--;
      this.#refused(chunk, error);
      return;
    }
    sent.then(
      (reply) => {
        this.#inFlight--;
        this.#replied(chunk, reply as ChunkReply);
      },
      (error: unknown) => {
        this.#inFlight--;
        this.#failed(chunk, error);
      },
    );
  }

  #prepare(items: ArrayLike<unknown>): Call {
    const budget = this.#settings.chunkSize === undefined ? BUDGET : Number.POSITIVE_INFINITY;
    const args: ChunkArguments = [items, budget];
    const call = this.#host.prepare(this.#each, args);
    // What moves cannot be sent a second time.
    if (call.encoded.transfer !== undefined) return this.#host.prepare(this.#each, [items, Number.POSITIVE_INFINITY]);
    // The chunk is nobody else's, so it need not be copied a second time while it waits.
    call.encoded = { ...call.encoded, objects: false };
    return call;
  }

  #replied(chunk: Chunk, { results, took }: ChunkReply): void {
    if (this.#stopped) return;
    this.#chunks.size.came(results);
    this.#chunks.size.took(results.length, took);
    this.#finish(chunk, results);
    const { length } = results;
    if (length < chunk.values.length)
      this.#chunks.giveBack({ first: chunk.first + length, values: cut(chunk.values, length, chunk.values.length) });
    this.#pump();
    this.#results.notify();
  }

  #finish({ first }: Chunk, results: ArrayLike<unknown>): void {
    try {
      this.#results.add({ first, values: results }, this.#chunks.total);
    } catch (error) {
      this.#fail(error);
    }
  }

  #failed(chunk: Chunk, error: unknown): void {
    if (this.#stopped) return;
    const { first } = chunk;
    if (isChunkFailure(error)) {
      this.#finish(chunk, error.results);
      this.#failAt(first + error.results.length, withCallerStack(error.error, stackOf(this.#settings.caller)));
    } else if (error instanceof QueueFullError) this.#waitForRoom(chunk);
    else this.#failAt(first, inWordsOfItems(error, first));
  }

  /** It could not be sent: the items before the one that cannot cross go by themselves. */
  #refused(chunk: Chunk, error: unknown): void {
    const { first, values } = chunk;
    const before = itemThatCannotCross(error) ?? 0;
    if (before > 0) this.#chunks.giveBack({ first, values: cut(values, 0, before) });
    this.#failAt(first + before, inWordsOfItems(error, first));
  }

  /** Others fill the queue, or it is short: a map waits for its turn like any producer should. */
  #waitForRoom(chunk: Chunk): void {
    this.#chunks.giveBack(chunk);
    this.#held = true;
    void this.#host.ready().then(() => {
      this.#held = false;
      this.#pump();
    });
  }

  #abort(reason: unknown): void {
    this.#aborted = true;
    this.#fail(reason);
  }

  /** In order, it waits for the results of earlier items, of which one may fail yet. What comes later is not begun. */
  #failAt(at: number, error: unknown): void {
    if (!this.#settings.ordered) this.#fail(error);
    if (this.#stopped || !this.#results.failAt(at, error)) return;
    this.#chunks.endAt(at);
    this.#pump();
    this.#results.notify();
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.#results.failAt(0, error);
    this.#results.notify();
    // What closing the source throws comes second, and only the first failure is told.
    this.stop().catch(() => undefined);
  }

  #taskOptions(): TaskSettings {
    const { task } = this.#settings;
    const { gracePeriod, name } = task;
    const isAborted = () => this.#aborted || !this.#stopped;
    return {
      ...task,
      signal: this.#stopTasks.signal,
      begun: this.#end !== undefined,
      name: name ?? (this.#each.name || 'the function'),
      get gracePeriod() {
        return isAborted() ? gracePeriod : (reason: unknown) => graceOfTheRest(task, reason);
      },
    };
  }
}
