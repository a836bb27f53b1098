/**
 * A record of what an executor does, from now on: every task, every thread, as a file for Perfetto or the DevTools.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFile } from 'node:fs/promises';
import type { TaskMessage } from '../pool/task-channels.js';
import type { ThreadMessage } from '../pool/thread-channels.js';
import { epochNow } from '../transport/claims.js';
import { type TraceEvent, traceEvents } from './trace-events.js';

/** What to record. */
export interface TraceOptions {
  /** Tasks kept at most; later ones are only counted. Each takes about 0.4 kB here, and 1 kB in the file. Default 100,000. */
  maxTasks?: number | undefined;
}

/** A trace in the trace event format, as `JSON.stringify` writes it. */
export interface TraceFile {
  /** See `TraceEvent`. */
  traceEvents: TraceEvent[];
  /** Perfetto and the DevTools show times so. */
  displayTimeUnit: 'ms';
  /** What no bar shows. */
  otherData: TraceSummary;
}

/** What a trace is of. */
export interface TraceSummary {
  /** The executor's name. */
  executor: string;
  /** As ISO 8601. */
  startedAt: string;
  /** Tasks beyond `maxTasks`. */
  droppedTasks: number;
}

const MOST_TASKS = 100_000;

/**
 * Records the tasks that are submitted to an executor until `stop()`, and draws them: one lane a thread, one bar a task.
 *
 * Cost: while it records, about 2 µs a task on the calling thread; nothing before and after.
 */
export class Trace {
  readonly #executor: string;
  readonly #mostTasks: number;
  readonly #startedAt = epochNow();
  readonly #tasks: TaskMessage[] = [];
  readonly #threads = new Set<ThreadMessage>();
  #dropped = 0;

  constructor(executor: string, { maxTasks = MOST_TASKS }: TraceOptions = {}) {
    this.#executor = executor;
    this.#mostTasks = maxTasks;
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

  /** Stops, and writes the file: open it in https://ui.perfetto.dev, or in the Performance panel of the DevTools. */
  async save(path: string): Promise<void> {
    this.stop();
    const { traceEvents: events, ...rest } = this.toJSON();
    // A line an event: a file of 100 MB can be searched, and read in part.
    const lines = events.map((event) => JSON.stringify(event)).join(',\n');
    await writeFile(path, `{"traceEvents":[\n${lines}\n],${JSON.stringify(rest).slice(1)}\n`);
  }

  /** What there is so far. */
  toJSON(): TraceFile {
    const record = { executor: this.#executor, startedAt: this.#startedAt, tasks: this.#tasks, threads: [...this.#threads] };
    return {
      traceEvents: traceEvents(record, epochNow()),
      displayTimeUnit: 'ms',
      otherData: { executor: this.#executor, startedAt: new Date(this.#startedAt).toISOString(), droppedTasks: this.#dropped },
    };
  }

  /** `stop()`, for `using`. */
  [Symbol.dispose](): void {
    this.stop();
  }

  readonly #submitted = (message: unknown): void => {
    const task = message as TaskMessage;
    if (task.executor !== this.#executor) return;
    if (this.#tasks.length < this.#mostTasks) this.#tasks.push(task);
    else this.#dropped++;
  };

  readonly #thread = (message: unknown): void => {
    const thread = message as ThreadMessage;
    if (thread.executor === this.#executor) this.#threads.add(thread);
  };
}
