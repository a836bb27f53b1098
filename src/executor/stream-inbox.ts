/**
 * The calling side's end of a stream's port: items that have come and nobody has taken yet, and the credit for more.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { unpackOutcome } from '../transport/calls/outcome.js';
import type { Ways } from '../transport/described.js';
import { type Batch, FIRST_CREDIT, STOP, type StreamOrder } from '../transport/streams/stream-protocol.js';

/** Items that a thread may be ahead at most. It starts with few, for they may be large, and gets more while its consumer waits for it. */
const MOST_CREDIT = 256;

type End = { readonly value: unknown } | { readonly error: unknown };

export class StreamInbox {
  readonly #port: MessagePort;
  readonly #ways: Ways;
  aborted = false;
  #batches: unknown[][] = [];
  #end: End | undefined;
  #window = FIRST_CREDIT;
  /** Items taken since credit was last given for them. */
  #taken = 0;
  #wake: (() => void) | undefined;

  constructor(port: MessagePort, ways: Ways) {
    this.#port = port;
    this.#ways = ways;
    port.on('message', (batch: Batch) => {
      this.#receive(batch);
      this.#notify();
    });
    port.unref();
  }

  /** The thread is done with the stream. */
  get ended(): boolean {
    return this.#end !== undefined;
  }

  /** The next items; undefined after the last. Rejects with what the generator threw. */
  async next(): Promise<unknown[] | undefined> {
    for (let starved = false; ; starved = true) {
      const batch = this.#batches.shift();
      if (batch !== undefined) return batch;
      if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return undefined;
      }
      if (!starved) this.#widen();
      // The process stays alive for whoever waits, and for nobody else.
      this.#port.ref();
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#port.unref();
    }
  }

  /** An item was handed to the consumer. */
  taken(): void {
    this.#taken++;
    if (this.#taken >= this.#window / 2) this.#give(this.#taken);
  }

  /** All that was sent was sent before the outcome: it is here, if not yet heard of. */
  end(end: End): void {
    for (let next = receiveMessageOnPort(this.#port); next !== undefined; next = receiveMessageOnPort(this.#port))
      this.#receive(next.message as Batch);
    this.#end = end;
    this.#notify();
  }

  /** The consumer wants no more. The generator's `finally` is to run on its thread, which may rest, and lets a process end. */
  stop(): void {
    this.#port.postMessage(STOP);
    this.#port.ref();
  }

  /** What has come is not wanted any more either. */
  abort(error: unknown): void {
    this.aborted = true;
    this.#batches = [];
    this.#end = { error };
    this.#notify();
  }

  /** The consumer is faster than its credit allows. */
  #widen(): void {
    if (this.#taken + this.#window > MOST_CREDIT || this.#taken === 0) return;
    this.#give(this.#taken + this.#window);
    this.#window *= 2;
  }

  #give(credit: number): void {
    this.#taken = 0;
    this.#port.postMessage(credit satisfies StreamOrder);
  }

  #receive(batch: Batch): void {
    this.#batches.push(unpackOutcome(batch, this.#ways) as unknown[]);
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
