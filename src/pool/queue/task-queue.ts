/**
 * The waiting tasks: higher priority first, first in first out within one. Taking one out of the middle costs no search,
 * however many wait; a priority that is not in use costs nothing.
 */
import type { Task } from '../task/task.js';

interface Line {
  readonly priority: number;
  head: Task | undefined;
  tail: Task | undefined;
}

export class TaskQueue {
  /** Highest priority first. Only lines with somebody in them, and the one of priority 0, which nearly everybody uses. */
  readonly #lines: Line[] = [{ priority: 0, head: undefined, tail: undefined }];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(task: Task): void {
    const line = this.#line(task.priority);
    this.#insertAfter(line, line.tail, task);
  }

  /** Puts back a task that had been taken: at its old place in the order of asking. */
  putBack(task: Task): void {
    const line = this.#line(task.priority);
    // What comes back is older than nearly all that waits, so its place is found from the front.
    let before = line.head;
    let after: Task | undefined;
    while (before !== undefined && before.order < task.order) {
      after = before;
      before = before.next;
    }
    this.#insertAfter(line, after, task);
  }

  peek(): Task | undefined {
    const first = this.#lines[0] as Line;
    return first.head ?? this.#lines[1]?.head;
  }

  shift(): Task | undefined {
    const task = this.peek();
    if (task !== undefined) this.remove(task);
    return task;
  }

  remove(task: Task): void {
    const line = this.#line(task.priority);
    if (task.previous === undefined) line.head = task.next;
    else task.previous.next = task.next;
    if (task.next === undefined) line.tail = task.previous;
    else task.next.previous = task.previous;
    task.next = undefined;
    task.previous = undefined;
    this.#size--;
    if (line.head === undefined && line.priority !== 0) this.#lines.splice(this.#lines.indexOf(line), 1);
  }

  /** Takes all out, in order. */
  *drain(): Generator<Task> {
    for (let task = this.shift(); task !== undefined; task = this.shift()) yield task;
  }

  #insertAfter(line: Line, after: Task | undefined, task: Task): void {
    const before = after === undefined ? line.head : after.next;
    task.previous = after;
    task.next = before;
    if (after === undefined) line.head = task;
    else after.next = task;
    if (before === undefined) line.tail = task;
    else before.previous = task;
    this.#size++;
  }

  #line(priority: number): Line {
    const lines = this.#lines;
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((lines[middle] as Line).priority > priority) low = middle + 1;
      else high = middle;
    }
    const found = lines[low];
    if (found !== undefined && found.priority === priority) return found;
    const line: Line = { priority, head: undefined, tail: undefined };
    lines.splice(low, 0, line);
    return line;
  }
}
