/**
 * The calls on their way to one thread, in the order in which it meets them. A position is a call's sequence number for life;
 * the place of one that was withdrawn stays empty until the thread has passed it.
 */
import { SLOTS } from '../../transport/shared-memory/claims.js';
import type { Task } from '../task/task.js';

/** A module may take so long to import when nobody waits for it any more, ms: a thread that ended meanwhile would have to start anew. */
export const IMPORTING = 1_000;

export class LaneCalls {
  /** The last one that brought modules to be loaded. */
  bringing = -1;
  readonly #places: (Task | undefined)[] = new Array(SLOTS);
  #head = 0;
  #tail = 0;

  /** The oldest call that has not ended: so many have. */
  get head(): number {
    return this.#head;
  }

  /** Where the next call goes: so many were sent. */
  get tail(): number {
    return this.#tail;
  }

  get empty(): boolean {
    return this.#head === this.#tail;
  }

  get free(): number {
    return SLOTS - (this.#tail - this.#head);
  }

  /** The thread loads, or is about to, what nobody waits for any more: the call that brought it was withdrawn. */
  get loadsForNobody(): boolean {
    return this.#head === this.bringing && !this.empty && this.at(this.#head) === undefined;
  }

  at(position: number): Task | undefined {
    return this.#places[position & (SLOTS - 1)];
  }

  push(task: Task): void {
    this.#places[this.#tail++ & (SLOTS - 1)] = task;
  }

  clear(position: number): void {
    this.#places[position & (SLOTS - 1)] = undefined;
  }

  advance(): void {
    this.clear(this.#head++);
  }

  *tasks(): Generator<Task> {
    for (let position = this.#head; position !== this.#tail; position++) {
      const task = this.at(position);
      if (task !== undefined) yield task;
    }
  }
}
