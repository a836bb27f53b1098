import { endedError } from './task/refusals.js';

export interface Undertaking {
  readonly label: string;
  /** It ends by this: what it waits for beside its tasks may never come. */
  fail(error: unknown): void;
}

/** What consists of many tasks, and submits them by and by: a map. A pool that is closed finishes each as a whole. */
export class Undertakings {
  readonly #begun = new Set<Undertaking>();

  get none(): boolean {
    return this.#begun.size === 0;
  }

  /** To be called at its end: what is returned; twice does no harm. */
  begin(one: Undertaking, ended: () => void): () => void {
    this.#begun.add(one);
    return () => {
      if (this.#begun.delete(one)) ended();
    };
  }

  terminate(executor: string): void {
    for (const one of [...this.#begun]) one.fail(endedError(executor, one));
  }
}
