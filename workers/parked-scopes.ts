/**
 * Calls that have lent this thread to others: streams that wait for their consumer. Each goes on when the calling side says so.
 */
import type { TaskScope } from './task-scope.js';

export class ParkedScopes {
  readonly #parked = new Map<number, TaskScope>();

  get empty(): boolean {
    return this.#parked.size === 0;
  }

  add(scope: TaskScope): void {
    this.#parked.set(scope.first, scope);
  }

  find(sequence: number): TaskScope | undefined {
    return this.#parked.get(sequence);
  }

  /** The thread is its own again, under another number. */
  resume(first: number, sequence: number): void {
    const scope = this.#parked.get(first);
    this.#parked.delete(first);
    scope?.resume(sequence);
  }
}
