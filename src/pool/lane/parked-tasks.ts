/**
 * Calls that have lent their thread to others: streams whose consumer is busy. They hold no place meanwhile, and are bound to their thread.
 */
import type { Task } from '../task/task.js';

export class ParkedTasks {
  readonly #tasks = new Map<number, Task>();
  /** Those that could go on, the first first. */
  readonly #awake: Task[] = [];

  get size(): number {
    return this.#tasks.size;
  }

  /** The call under whose number the thread knows it from now on, or knew it before. */
  add(task: Task): void {
    task.parkedAs ??= task.sequence;
    task.parked = true;
    this.#tasks.set(task.parkedAs, task);
  }

  wake(sequence: number): void {
    const task = this.#tasks.get(sequence);
    if (task !== undefined && !this.#awake.includes(task)) this.#awake.push(task);
  }

  /** Who should have the thread next. */
  get next(): Task | undefined {
    return this.#awake[0];
  }

  resumed(task: Task): void {
    task.parked = false;
    this.#tasks.delete(task.parkedAs as number);
    this.#awake.splice(this.#awake.indexOf(task), 1);
  }

  tasks(): Iterable<Task> {
    return this.#tasks.values();
  }

  /** The thread is gone, and they with it. */
  drain(): Task[] {
    const tasks = [...this.#tasks.values()];
    this.#tasks.clear();
    this.#awake.length = 0;
    return tasks;
  }
}
