/**
 * A record of what an executor does, from now on: every task, every thread, as a file for Perfetto or the DevTools.
 */
// Not 'node:fs/promises', which takes 1 ms of every program's start.
import * as fs from 'node:fs';
import { epochNow } from '../transport/shared-memory/claims.js';
import { MOST_TASKS, Recording } from './recording.js';
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

/**
 * Records the tasks that are submitted to an executor until `stop()`, and draws them: one lane a thread, one bar a task.
 *
 * Cost: while it records, about 2 µs a task on the calling thread; nothing before and after.
 */
export class Trace {
  readonly #executor: string;
  readonly #recording: Recording;

  constructor(executor: string, { maxTasks = MOST_TASKS }: TraceOptions = {}) {
    this.#executor = executor;
    this.#recording = new Recording(executor, maxTasks);
  }

  /** Records no more. What runs still gets its end. */
  stop(): void {
    this.#recording.stop();
  }

  /** Stops, and writes the file: open it in https://ui.perfetto.dev, or in the Performance panel of the DevTools. */
  async save(path: string): Promise<void> {
    this.stop();
    const { traceEvents: events, ...rest } = this.toJSON();
    // A line an event: a file of 100 MB can be searched, and read in part.
    const lines = events.map((event) => JSON.stringify(event)).join(',\n');
    await fs.promises.writeFile(path, `{"traceEvents":[\n${lines}\n],${JSON.stringify(rest).slice(1)}\n`);
  }

  /** What there is so far. */
  toJSON(): TraceFile {
    const { startedAt, dropped } = this.#recording;
    return {
      traceEvents: traceEvents(this.#recording, { process: this.#executor, now: epochNow() }),
      displayTimeUnit: 'ms',
      otherData: { executor: this.#executor, startedAt: new Date(startedAt).toISOString(), droppedTasks: dropped },
    };
  }

  /** `stop()`, for `using`. */
  [Symbol.dispose](): void {
    this.stop();
  }
}
