/**
 * What OpenTelemetry measures of tasks and threads: histograms follow the tasks as they end, the rest is read when a reader asks.
 *
 * Names, units and attributes as the semantic conventions have them for pools.
 */
import type { Attributes, Histogram, Meter, Observable, ObservableResult } from '@opentelemetry/api';
import type { ExecutorStats, FunctionLedger, TaskMessage } from '../index.js';
import { BoundedLabels, TaskLabels } from '../observe/bounded-labels.js';
import { type LiveExecutor, liveExecutors } from '../observe/live-executors.js';

type Read = (result: ObservableResult) => void;

export class TaskMetrics {
  readonly #waited: Histogram;
  readonly #ran: Histogram;
  readonly #meter: Meter;
  readonly #labels: TaskLabels;
  readonly #errors = new BoundedLabels(ERROR_TYPES);
  readonly #observed: readonly (readonly [what: Observable, read: Read])[];

  constructor(meter: Meter, maxTaskNames: number) {
    this.#meter = meter;
    this.#labels = new TaskLabels(maxTaskNames);
    this.#waited = this.#duration('run_in_executor.task.wait.duration', 'From the call until a thread began, or until it was given up');
    this.#ran = this.#duration('run_in_executor.task.run.duration', 'From the beginning to the end');
    this.#observed = [
      this.#gauge('run_in_executor.queue.length', '{task}', ({ queued }) => [[queued, {}]]),
      this.#gauge('run_in_executor.task.running', '{task}', ({ running }) => [[running, {}]]),
      this.#gauge('run_in_executor.thread.count', '{thread}', ({ threads: { busy, idle } }) => [
        [busy, { 'run_in_executor.thread.state': 'busy' }],
        [idle, { 'run_in_executor.thread.state': 'idle' }],
      ]),
      this.#gauge('run_in_executor.thread.max', '{thread}', ({ threads }) => [[threads.max, {}]]),
      this.#gauge('run_in_executor.thread.utilization', '1', ({ utilization }) => [[utilization, {}]]),
      this.#ledger(
        'run_in_executor.caller.time.saved',
        'Time that calls ran on threads, which the calling thread was spared',
        (row) => row.saved,
      ),
      this.#ledger(
        'run_in_executor.caller.time.spent',
        'Time of the calling thread that calls took to be sent and answered',
        (row) => row.spent,
      ),
    ];
  }

  start(): void {
    for (const [observable, read] of this.#observed) observable.addCallback(read);
  }

  stop(): void {
    for (const [observable, read] of this.#observed) observable.removeCallback(read);
  }

  ended({ executor, name, submittedAt, startedAt, endedAt = submittedAt, outcome, error }: TaskMessage): void {
    const failed = outcome === 'completed' ? {} : { 'error.type': this.#errors.label(errorType(error)) };
    const attributes = { ...this.#taskOf(executor, name), ...failed };
    // Those that were refused, or left the queue, have waited, too: by their error they are counted here.
    this.#waited.record(Math.max(0, (startedAt ?? endedAt) - submittedAt) / 1_000, attributes);
    if (startedAt !== undefined) this.#ran.record(Math.max(0, endedAt - startedAt) / 1_000, attributes);
  }

  #duration(name: string, description: string): Histogram {
    return this.#meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: BUCKETS } });
  }

  #gauge(name: string, unit: string, values: (stats: ExecutorStats) => [value: number, attributes: Attributes][]) {
    const read = summed((executor) => {
      const own = { [EXECUTOR]: this.#labels.executor(executor.name) };
      return values(executor.stats()).map(([value, attributes]) => [value, { ...own, ...attributes }]);
    });
    return [this.#meter.createObservableGauge(name, { unit }), read] as const;
  }

  #ledger(name: string, description: string, value: (row: FunctionLedger) => number) {
    const read = summed((executor) =>
      (executor.stats().functions ?? []).map((row) => [value(row) / 1_000, this.#taskOf(executor.name, row.name)]),
    );
    return [this.#meter.createObservableCounter(name, { unit: 's', description }), read] as const;
  }

  #taskOf(executor: string, name: string): Attributes {
    const known = this.#labels.executor(executor);
    return { [EXECUTOR]: known, 'run_in_executor.task.name': this.#labels.task(known, name) };
  }
}

/** A class or a code, never a message: there are few of them. */
export function errorType(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : '_OTHER';
}

/** Of two values with the same attributes a reader keeps the later one; here they are those of two executors, or of all that is 'other'. */
function summed(values: (executor: LiveExecutor) => [value: number, attributes: Attributes][]): Read {
  return (result) => {
    const sums = new Map<string, [value: number, attributes: Attributes]>();
    for (const [value, attributes] of liveExecutors().flatMap(values)) {
      const key = JSON.stringify(attributes);
      sums.set(key, [value + (sums.get(key)?.[0] ?? 0), attributes]);
    }
    for (const [value, attributes] of sums.values()) result.observe(value, attributes);
  };
}

const EXECUTOR = 'run_in_executor.executor.name';

/** How many classes and codes of errors are told apart. */
const ERROR_TYPES = 50;

/** Seconds: from a call that is nearly free to what a request cannot wait for. */
const BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];
