/**
 * What a table's rows have of their own: each object and each array once, or what is shared would arrive twice.
 */
export class Owned {
  readonly #rows: readonly unknown[];
  #all: Set<unknown> | undefined;

  constructor(rows: readonly unknown[]) {
    this.#rows = rows;
  }

  /** The table, its rows, and all that was taken; undefined before the first: flat rows need no set. */
  get all(): ReadonlySet<unknown> | undefined {
    return this.#all;
  }

  /** Whether none of these was taken before, and none is among them twice. */
  takes(objects: readonly unknown[]): boolean {
    if (this.#all === undefined) {
      this.#all = new Set([this.#rows]);
      if (objects !== this.#rows && !this.takes(this.#rows)) return false;
    }
    const before = this.#all.size;
    for (let i = 0; i < objects.length; i++) this.#all.add(objects[i]);
    return this.#all.size === before + objects.length;
  }
}
