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
  const client = requirePeer<PromClient>('prom-client', 'run-in-executor/prometheus');
  const { register = client.register, prefix = 'run_in_executor_', executors, buckets = BUCKETS } = options;
  const { maxTaskNames = TASK_NAMES, taskName = (name: string) => name } = options;
  const labels = new TaskLabels(maxTaskNames);
  const registered: string[] = [];
  const collection: Collection = {
    client,
    buckets,
    live: () => executors ?? liveExecutors(),
    define: (name, help, labelNames) => {
      registered.push(prefix + name);
      return { name: prefix + name, help, labelNames, registers: [register] };
    },
    executor: (name) => labels.executor(name),
    task: (executor, name) => {
      const known = labels.executor(executor);
      return { executor: known, task: labels.task(known, taskName(name)) };
    },
  };

  readWhenAsked(collection);
  const stop = subscribeAll(followed(collection), executors && new Set(executors.map(({ name }) => name)));
  return {
    [Symbol.dispose]() {
      stop();
      for (const name of registered) register.removeSingleMetric(name);
    },
  };
}

type PromClient = typeof import('prom-client');

/** What all metrics are made with. */
interface Collection {
  readonly client: PromClient;
  readonly buckets: readonly number[];
  live(): readonly LiveExecutor[];
  define<L extends string>(name: string, help: string, labelNames: readonly L[]): Definition<L>;
  /** Its label. */
  executor(name: string): string;
  /** Both labels. */
  task(executor: string, name: string): { executor: string; task: string };
}

interface Definition<L extends string> {
  name: string;
  help: string;
  labelNames: readonly L[];
  registers: Registry[];
}

/** Read of all executors; several of one name are one. */
function readWhenAsked({ client: { Counter, Gauge }, live, define, executor, task }: Collection): void {
  const gauge = (name: string, help: string, value: (stats: ReturnType<LiveExecutor['stats']>) => number) =>
    new Gauge({
      ...define(name, help, ['executor']),
      collect() {
        this.reset();
        for (const each of live()) this.inc({ executor: executor(each.name) }, value(each.stats()));
      },
    });
  const ledger = (name: string, help: string, value: (row: FunctionLedger) => number) =>
    new Counter({
      ...define(name, help, ['executor', 'task']),
      collect() {
        this.reset();
        for (const each of live()) {
          for (const row of each.stats().functions ?? []) this.inc(task(each.name, row.name), value(row) / 1_000);
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
}

type Followers = Readonly<Record<string, (message: TaskMessage & ThreadMessage) => void>>;

/** By channel, what a message of it counts. */
function followed({ client: { Counter, Histogram }, buckets, define, executor, task }: Collection): Followers {
  const histogram = (name: string, help: string) => new Histogram({ ...define(name, help, ['executor', 'task']), buckets: [...buckets] });
  const waited = histogram('task_wait_seconds', 'Time from the call until a thread began');
  const ran = histogram('task_run_seconds', 'Time from the beginning to the end');
  const ends = new Counter(define('tasks_total', 'Tasks that have ended, by how', ['executor', 'task', 'outcome']));
  const starts = new Counter(define('thread_starts_total', 'Threads that have started', ['executor']));
  const exits = new Counter(
    define('thread_exits_total', 'Threads that have ended, by whether they were let go or lost', ['executor', 'reason']),
  );
  return {
    'run-in-executor:task:end': (message) => {
      const { name, submittedAt, startedAt, endedAt, outcome = 'failed', error } = message;
      const of = task(message.executor, name);
      ends.inc({ ...of, outcome: OUTCOMES[(error as { code?: string } | undefined)?.code ?? ''] ?? outcome });
      if (startedAt === undefined) return;
      waited.observe(of, Math.max(0, startedAt - submittedAt) / 1_000);
      ran.observe(of, Math.max(0, (endedAt ?? startedAt) - startedAt) / 1_000);
    },
    'run-in-executor:thread:start': (message) => starts.inc({ executor: executor(message.executor) }),
    'run-in-executor:thread:exit': (message) =>
      exits.inc({ executor: executor(message.executor), reason: message.cause === undefined ? 'released' : 'lost' }),
  };
}

/** Of all executors, or of those of these names. Returns what ends it. */
function subscribeAll(followers: Followers, names: ReadonlySet<string> | undefined): () => void {
  const listeners = Object.entries(followers).map(([channel, follow]) => {
    const listener = (message: unknown): void => {
      const told = message as TaskMessage & ThreadMessage;
      if (names?.has(told.executor) !== false) follow(told);
    };
    subscribe(channel, listener);
    return [channel, listener] as const;
  });
  return () => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  };
}

/** Failures that are told apart: what clients were sent away with, and what took too long, are alerts of their own. */
const OUTCOMES: Readonly<Record<string, string>> = {
  ERR_QUEUE_FULL: 'refused',
  ERR_EXECUTOR_CLOSED: 'refused',
  ERR_TASK_TIMEOUT: 'timed_out',
};
