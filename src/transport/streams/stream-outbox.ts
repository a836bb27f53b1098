/**
 * The thread's end of a stream's port: items on their way out, in batches that hold up none of them.
 */

import type { MessagePort } from 'node:worker_threads';
import { deliveriesHome, describeHome } from '../calls/outcome.js';
import { performance, setImmediate } from '../own/own-globals.js';
import { explainCloneFailure } from '../values/clone-failure.js';
import { encode } from '../values/encode.js';
import { readyToPost } from '../values/large-memory.js';
import type { Batch } from './stream-protocol.js';

/** Items that come faster than this after each other are worth a batch, ms. A message costs 5 to 10 µs on both sides. */
const FAST = 0.05;

/** So many in a row have to be fast before any of them waits for the next. */
const SURELY_FAST = 16;

const MOST = 256;

export class StreamOutbox {
  readonly #port: MessagePort;
  #items: unknown[] = [];
  #sent = 0;
  #fast = 0;
  #lastAt = performance.now();
  #flushing = false;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** True: it was sent, with all before it. Throws ValueNotSendableError. */
  push(item: unknown): boolean {
    this.#items.push(item);
    const now = performance.now();
    this.#fast = now - this.#lastAt < FAST ? this.#fast + 1 : 0;
    this.#lastAt = now;
    const enough = this.#fast < SURELY_FAST ? 1 : Math.min(MOST, this.#fast >> 3);
    if (this.#items.length >= enough) {
      this.flush();
      return true;
    }
    this.#flushSoon();
    return false;
  }

  flush(): void {
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    try {
      this.#post(items, 'items');
    } catch {
      // One of them cannot be sent: those before it can, and the error names it.
      for (const [i, item] of items.entries()) this.#post([item], `items[${this.#sent + i}]`, true);
    }
    this.#sent += items.length;
  }

  #post(items: readonly unknown[], rootPath: string, single = false): void {
    if (single) encode(items[0], { describe: describeHome, rootPath });
    const encoded = encode(items, { describe: describeHome, rootPath });
    const { packed, descriptions } = encoded;
    const { payload, transfer } = readyToPost(encoded);
    const batch: Batch = { packed, payload, deliveries: deliveriesHome(descriptions) };
    try {
      this.#port.postMessage(batch, transfer ?? []);
    } catch (error) {
      throw explainCloneFailure(single ? (payload as unknown[])[0] : payload, rootPath, error);
    }
  }

  /** The generator waits for something: what it has yielded before must not. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      try {
        this.flush();
      } catch {
        // The next push, or the end, meets it again.
      }
    });
  }
}
