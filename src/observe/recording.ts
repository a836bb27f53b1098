/**
 * Messages of tasks and threads, kept as they come; each fills as its task or thread goes on.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { TaskMessage } from '../pool/task/task-channels.js';
import type { ThreadMessage } from '../pool/threads/thread-channels.js';
import { epochNow } from '../transport/shared-memory/claims.js';

export class Recording {
  /** Epoch ms. */
  readonly startedAt: number = epochNow();
  readonly tasks: TaskMessage[] = [];
  readonly threads = new Set<ThreadMessage>();
  /** Tasks beyond the most. */
  dropped = 0;
  readonly #executor: string | undefined;
  readonly #mostTasks: number;

  /** Of one executor, or of all in this thread. */
  constructor(executor: string | undefined, mostTasks: number) {
    this.#executor = executor;
    this.#mostTasks = mostTasks;
    subscribe('run-in-executor:task:submit', this.#submitted);
    subscribe('run-in-executor:thread:start', this.#thread);
    subscribe('run-in-executor:thread:exit', this.#thread);
  }

  /** Records no more. What runs still gets its end. */
  stop(): void {
    unsubscribe('run-in-executor:task:submit', this.#submitted);
    unsubscribe('run-in-executor:thread:start', this.#thread);
    unsubscribe('run-in-executor:thread:exit', this.#thread);
  }

  readonly #submitted = (message: unknown): void => {
    const task = message as TaskMessage;
    if (!this.#isMeant(task)) return;
    if (this.tasks.length < this.#mostTasks) this.tasks.push(task);
    else this.dropped++;
  };

  readonly #thread = (message: unknown): void => {
    const thread = message as ThreadMessage;
    if (this.#isMeant(thread)) this.threads.add(thread);
  };

  #isMeant({ executor }: { readonly executor: string }): boolean {
    return this.#executor === undefined || executor === this.#executor;
  }
}

/** Each takes about 0.4 kB here, and 1 kB in the file. */
export const MOST_TASKS = 100_000;
