/** What consists of many tasks, and submits them by and by: a map. A pool that is closed finishes each as a whole. */
export class Undertakings {
  readonly #begun = new Set<symbol>();

  get none(): boolean {
    return this.#begun.size === 0;
  }

  /** To be called at its end: what is returned; twice does no harm. */
  begin(ended: () => void): () => void {
    const one = Symbol('undertaking');
    this.#begun.add(one);
    return () => {
      if (this.#begun.delete(one)) ended();
    };
  }
}
