/**
 * First come, first served, with leaving from anywhere: join, leave and next in constant time, whatever the length.
 *
 * A linked list, because both shorter ways are slow at the lengths that matter: leaving an array costs its length, and so does
 * the first entry of a `Set` whose older entries were deleted (V8 steps over the holes at each look).
 */
export class WaitingLine<T> {
  #first: Waiter<T> | undefined;
  #last: Waiter<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  join(value: T): Waiter<T> {
    const waiter: Waiter<T> = { value, line: this, before: this.#last, after: undefined };
    if (this.#last) this.#last.after = waiter;
    else this.#first = waiter;
    this.#last = waiter;
    this.#size++;
    return waiter;
  }

  next(): T | undefined {
    const waiter = this.#first;
    if (!waiter) return undefined;
    this.leave(waiter);
    return waiter.value;
  }

  /** Who has left already, by `next` or by `leave`, leaves no more. */
  leave(waiter: Waiter<T>): void {
    if (waiter.line !== this) return;
    waiter.line = undefined;
    if (waiter.before) waiter.before.after = waiter.after;
    else this.#first = waiter.after;
    if (waiter.after) waiter.after.before = waiter.before;
    else this.#last = waiter.before;
    // A waiter that is held on to (by an abort listener, say) must not keep those who stood beside it alive.
    waiter.before = waiter.after = undefined;
    this.#size--;
  }
}

export interface Waiter<T> {
  readonly value: T;
  /** Undefined once it has left. */
  line: WaitingLine<T> | undefined;
  before: Waiter<T> | undefined;
  after: Waiter<T> | undefined;
}
