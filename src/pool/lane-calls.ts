/**
 * The calls on their way to one thread, in the order in which it meets them. A position is a call's sequence number for life;
 * the place of one that was withdrawn stays empty until the thread has passed it.
 */
import { SLOTS } from '../transport/claims.js';
import type { Task } from './task.js';

export class LaneCalls {
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
