/**
 * Room for tasks: how many may be unsettled at once, and who waits for a place.
 */

import { onAbort } from '../../limits/on-abort.js';
import { setImmediate } from '../../transport/own/own-globals.js';

interface Waiting {
  admit(): void;
}

export class Room {
  /** Threads plus the bound of the queue. */
  #capacity: number;
  #taken = 0;
  /** Places that `ready()` has announced to somebody who has not submitted yet. */
  #announced = 0;
  readonly #line = new Set<Waiting>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get taken(): number {
    return this.#taken;
  }

  /** False: full. An announced place goes to whoever submits first; it is a hint, not a reservation. */
  take(): boolean {
    if (this.#taken >= this.#capacity) return false;
    this.#taken++;
    if (this.#announced > 0) this.#announced--;
    return true;
  }

  /** A place that was given back for a while is needed again, room or not. */
  retake(): void {
    this.#taken++;
  }

  giveBack(): void {
    this.#taken--;
    if (this.#line.size > 0) this.#announce();
  }

  resize(capacity: number): void {
    this.#capacity = capacity;
    this.#announce();
  }

  /** One waiting caller for each place that comes free, in order. Rejects with the signal's reason. */
  async ready(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#line.size === 0 && this.#free > 0) {
      this.#promise();
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          stop();
          resolve();
        },
      };
      const stop =
        signal === undefined
          ? () => {}
          : onAbort(signal, (reason) => {
              this.#line.delete(waiting);
              reject(reason);
            });
      this.#line.add(waiting);
    });
  }

  /** Lets everybody go: the executor was closed, and their next submit says so. */
  release(): void {
    for (const waiting of this.#line) waiting.admit();
    this.#line.clear();
  }

  get #free(): number {
    return this.#capacity - this.#taken - this.#announced;
  }

  #announce(): void {
    for (const waiting of this.#line) {
      if (this.#free <= 0) return;
      this.#line.delete(waiting);
      this.#promise();
      waiting.admit();
    }
  }

  /** Whoever does not use an announced place within a turn of the event loop loses it to the next. */
  #promise(): void {
    if (this.#capacity === Number.POSITIVE_INFINITY) return;
    this.#announced++;
    // Not unref'd: an event loop that has nothing else to do would sleep over it, and whoever is next in line with it.
    setImmediate(() => {
      if (this.#announced > 0) this.#announced--;
      this.#announce();
    });
  }
}
