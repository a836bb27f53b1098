/**
 * Executors in Prometheus, by prom-client.
 *
 * Counters and histograms follow the tasks as they end; gauges, and the ledger, are read when Prometheus asks.
 *
 * @module
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Registry } from 'prom-client';
import type { ExecutorLike, FunctionLedger, TaskMessage, ThreadMessage } from '../index.js';
import { TaskLabels } from '../observe/bounded-labels.js';
import { type LiveExecutor, liveExecutors } from '../observe/live-executors.js';
import { requirePeer } from '../observe/peer.js';

/** What `collectExecutorMetrics` takes; every option may be left out. */
export interface ExecutorMetricsOptions {
  /** Where the metrics go. Default: prom-client's own registry. */
  register?: Registry | undefined;
  /** Before each metric's name. Default: 'run_in_executor_'. */
  prefix?: string | undefined;
  /** Which executors. Default: all of the process. */
  executors?: readonly ExecutorLike[] | undefined;
  /** Upper bounds of the histograms, seconds. Default: 0.1 ms to 30 s. */
  buckets?: readonly number[] | undefined;
  /** How many task names each executor keeps; what comes later is called 'other'. Default 50. */
  maxTaskNames?: number | undefined;
  /** What a task is called in labels, of its name: the way to leave out what varies, such as ids. Default: its name. */
  taskName?: ((name: string) => string) | undefined;
}

/** Seconds: from a call that is nearly free to what a request cannot wait for. */
const BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];

const TASK_NAMES = 50;

/**
 * Registers the metrics of executors, and keeps them up to date until it is disposed of.
 *
 * @returns To be disposed of in tests: takes the metrics out of the registry.
 * @throws An Error where prom-client is not installed, or the registry has metrics of these names.
 * @example
 * collectExecutorMetrics();
 * server.get('/metrics', async (_, reply) => reply.type(register.contentType).send(await register.metrics()));
 *
 * Cost: about 5 µs for each task that ends.
 */
export function collectExecutorMetrics(options: ExecutorMetricsOptions = {}): Disposable {
  const {
    Counter,
    Gauge,
    Histogram,
    register: own,
  } = requirePeer<typeof import('prom-client')>('prom-client', 'run-in-executor/prometheus');
  const { register = own, prefix = 'run_in_executor_', executors, buckets = BUCKETS, maxTaskNames = TASK_NAMES } = options;
  const { taskName = (name: string) => name } = options;
  const names = executors && new Set(executors.map(({ name }) => name));
  const labels = new TaskLabels(maxTaskNames);
  const live = (): readonly LiveExecutor[] => executors ?? liveExecutors();
  const registered: string[] = [];

  const define = <L extends string>(name: string, help: string, labelNames: readonly L[]) => {
    registered.push(prefix + name);
    return { name: prefix + name, help, labelNames, registers: [register] };
  };
  const labelsOf = (executor: string, name: string) => {
    const known = labels.executor(executor);
    return { executor: known, task: labels.task(known, taskName(name)) };
  };
  /** A metric that is read of all executors; several of one name are one. */
  const gauge = (name: string, help: string, value: (stats: ReturnType<LiveExecutor['stats']>) => number) =>
    new Gauge({
      ...define(name, help, ['executor']),
      collect() {
        this.reset();
        for (const executor of live()) this.inc({ executor: labels.executor(executor.name) }, value(executor.stats()));
      },
    });
  const ledger = (name: string, help: string, value: (row: FunctionLedger) => number) =>
    new Counter({
      ...define(name, help, ['executor', 'task']),
      collect() {
        this.reset();
        for (const executor of live()) {
          for (const row of executor.stats().functions ?? []) this.inc(labelsOf(executor.name, row.name), value(row) / 1_000);
        }
      },
    });

  gauge('queued_tasks', 'Tasks that no thread has begun', ({ queued }) => queued);
  gauge('running_tasks', 'Tasks that a thread has begun, and whose promise has not settled', ({ running }) => running);
  gauge('busy_threads', 'Threads that run something', ({ threads }) => threads.busy);
  gauge('idle_threads', 'Threads that wait for work', ({ threads }) => threads.idle);
  gauge('max_threads', 'The limit of how many tasks run at once', ({ threads }) => threads.max);
  gauge('utilization_ratio', 'Busy thread time over available thread time in the last minute', ({ utilization }) => utilization);
  ledger('saved_seconds_total', 'Time that calls ran on threads, which the calling thread was spared', ({ saved }) => saved);
  ledger('spent_seconds_total', 'Time of the calling thread that calls took to be sent and answered', ({ spent }) => spent);
  const waited = new Histogram({
    ...define('task_wait_seconds', 'Time from the call until a thread began', ['executor', 'task']),
    buckets: [...buckets],
  });
  const ran = new Histogram({
    ...define('task_run_seconds', 'Time from the beginning to the end', ['executor', 'task']),
    buckets: [...buckets],
  });
  const ends = new Counter(define('tasks_total', 'Tasks that have ended, by how', ['executor', 'task', 'outcome']));
  const starts = new Counter(define('thread_starts_total', 'Threads that have started', ['executor']));
  const exits = new Counter(
    define('thread_exits_total', 'Threads that have ended, by whether they were let go or lost', ['executor', 'reason']),
  );

  const ended = (message: unknown): void => {
    const { executor, name, submittedAt, startedAt, endedAt, outcome = 'failed', error } = message as TaskMessage;
    if (names?.has(executor) === false) return;
    const of = labelsOf(executor, name);
    ends.inc({ ...of, outcome: OUTCOMES[(error as { code?: string } | undefined)?.code ?? ''] ?? outcome });
    if (startedAt === undefined) return;
    waited.observe(of, Math.max(0, startedAt - submittedAt) / 1_000);
    ran.observe(of, Math.max(0, (endedAt ?? startedAt) - startedAt) / 1_000);
  };
  const threadStarted = (message: unknown): void => {
    const { executor } = message as ThreadMessage;
    if (names?.has(executor) !== false) starts.inc({ executor: labels.executor(executor) });
  };
  const threadExited = (message: unknown): void => {
    const { executor, cause } = message as ThreadMessage;
    if (names?.has(executor) !== false)
      exits.inc({ executor: labels.executor(executor), reason: cause === undefined ? 'released' : 'lost' });
  };
  subscribe('run-in-executor:task:end', ended);
  subscribe('run-in-executor:thread:start', threadStarted);
  subscribe('run-in-executor:thread:exit', threadExited);

  return {
    [Symbol.dispose]() {
      unsubscribe('run-in-executor:task:end', ended);
      unsubscribe('run-in-executor:thread:start', threadStarted);
      unsubscribe('run-in-executor:thread:exit', threadExited);
      for (const name of registered) register.removeSingleMetric(name);
    },
  };
}

/** Failures that are told apart: what clients were sent away with, and what took too long, are alerts of their own. */
const OUTCOMES: Readonly<Record<string, string>> = {
  ERR_QUEUE_FULL: 'refused',
  ERR_EXECUTOR_CLOSED: 'refused',
  ERR_TASK_TIMEOUT: 'timed_out',
};
