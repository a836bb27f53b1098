/**
 * Label values that stay few, whatever tasks are called: the first ones keep their names, the rest are `other`.
 *
 * First come, not the most frequent: a counter that moved from one series to another would look like a restart of the process.
 */
const OTHER = 'other';

export class BoundedLabels {
  readonly #most: number;
  readonly #known = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  label(value: string): string {
    if (this.#known.has(value)) return value;
    if (this.#known.size >= this.#most) return OTHER;
    this.#known.add(value);
    return value;
  }
}

/** How many executors are told apart: a process has a few; one that makes them without end must not make series without end. */
const EXECUTORS = 20;

/** An executor, and what it runs. `mostTasks`: names kept for each executor. */
export class TaskLabels {
  readonly #executors = new BoundedLabels(EXECUTORS);
  readonly #tasks = new Map<string, BoundedLabels>();
  readonly #mostTasks: number;

  constructor(mostTasks: number) {
    this.#mostTasks = mostTasks;
  }

  executor(name: string): string {
    return this.#executors.label(name);
  }

  task(executor: string, name: string): string {
    const names = this.#tasks.get(executor) ?? new BoundedLabels(this.#mostTasks);
    this.#tasks.set(executor, names);
    return names.label(name);
  }
}
