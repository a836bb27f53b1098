/**
 * What a lane's thread knows of functions. A call brings the descriptions that it needs, once; some come before any call.
 */
import type { Delivery, ToThread } from '../../transport/protocol.js';

export class Descriptions {
  /** The numbers of those that the thread was sent. */
  readonly known = new Set<number>();
  /** In the order in which the thread will have loaded what they wait for. */
  readonly #loading: (() => void)[] = [];
  readonly #post: (message: ToThread) => void;

  constructor(post: (message: ToThread) => void) {
    this.#post = post;
  }

  get loading(): boolean {
    return this.#loading.length > 0;
  }

  /** Resolves when the thread has loaded them, or is gone. */
  load(deliveries: readonly Delivery[]): Promise<void> {
    this.#post({ type: 'load', deliveries });
    return new Promise((resolve) => this.#loading.push(resolve));
  }

  loaded(): void {
    this.#loading.shift()?.();
  }

  /** No function stands for these any more. A call that still names one brings it again. */
  forget(ids: readonly number[]): void {
    const known = ids.filter((id) => this.known.delete(id));
    if (known.length > 0) this.#post({ type: 'forget', ids: known });
  }

  /** The thread is gone. */
  abandon(): void {
    for (const loaded of this.#loading.splice(0)) loaded();
  }
}
