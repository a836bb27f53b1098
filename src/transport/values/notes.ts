/**
 * What a walk writes down while it makes the shadow: everything that is not in the shadow itself.
 */
import type { Transferable } from 'node:worker_threads';
import type { Described } from '../described.js';
import type { Packed, Patch, Prototype, Special } from '../protocol.js';

export class Notes {
  readonly specials: Special[] = [];
  readonly places: unknown[] = [];
  readonly patches: Patch[] = [];
  readonly transfer: Transferable[] = [];
  readonly descriptions: Described[] = [];
  /** Flat pairs: target, prototype. */
  readonly #prototypes: unknown[] = [];
  readonly #frozen: object[] = [];
  readonly #lists = [this.specials, this.places, this.patches, this.transfer, this.descriptions, this.#prototypes, this.#frozen];

  /** The number of the special. */
  special(special: Special): number {
    return this.specials.push(special) - 1;
  }

  place(container: object, key: string | number, special: number): void {
    this.places.push(container, key, special);
  }

  prototype(target: object, of: Prototype): void {
    this.#prototypes.push(target, of);
  }

  frozen(target: object): void {
    this.#frozen.push(target);
  }

  move(item: Transferable): void {
    if (!this.transfer.includes(item)) this.transfer.push(item);
  }

  position(): readonly number[] {
    return this.#lists.map(({ length }) => length);
  }

  /** Strikes out what was written since. */
  rewind(position: readonly number[]): void {
    for (const [i, list] of this.#lists.entries()) list.length = position[i] ?? 0;
  }

  packed(root: readonly [unknown]): Packed {
    return {
      root,
      specials: this.specials,
      places: this.places,
      patches: [...this.#prototypePatches(), ...this.patches, ...this.#lastPatches()],
    };
  }

  #lastPatches(): Patch[] {
    return this.#frozen.length > 0 ? [{ kind: 'frozen', targets: this.#frozen }] : [];
  }

  #prototypePatches(): Patch[] {
    const groups = new Map<Prototype, object[]>();
    for (let i = 0; i < this.#prototypes.length; i += 2) {
      const of = this.#prototypes[i + 1] as Prototype;
      const target = this.#prototypes[i] as object;
      const targets = groups.get(of);
      if (targets === undefined) groups.set(of, [target]);
      else targets.push(target);
    }
    return [...groups].map(([of, targets]) => ({ kind: 'prototype', of, targets }));
  }
}
