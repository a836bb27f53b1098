/**
 * Executors in OpenTelemetry: spans across the threads, and metrics.
 *
 *   caller's span
 *     └─ render            from the call until its promise settles; its context goes along into the thread
 *          ├─ render wait  until a thread began
 *          ├─ render run   on the thread
 *          └─ …            what the task itself traces, in its thread
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Context, MeterProvider, Tracer, TracerProvider } from '@opentelemetry/api';
import type { ContextMessage, TaskMessage } from '../index.js';
import { ownExport } from '../observe/own-export.js';
import { requirePeer } from '../observe/peer.js';
import { errorType, TaskMetrics } from './task-metrics.js';

/** What `ExecutorInstrumentation` takes; every option may be left out. */
export interface ExecutorInstrumentationConfig {
  /** Whether it listens from the start. Default true. */
  enabled?: boolean;
  /** How many task names each executor keeps in metrics; what comes later is called 'other'. Default 50. Spans keep their names. */
  maxTaskNames?: number | undefined;
}

const NAME = 'run-in-executor';
const TASK_NAMES = 50;

type Api = typeof import('@opentelemetry/api');

/**
 * An instrumentation, for `registerInstrumentations` or `new NodeSDK({ instrumentations })`. It covers all executors of the process.
 *
 * A thread in which an SDK is registered as well (by the `initializer`, or by `--import` in `execArgv`) continues the trace: what the
 * task traces there are children of the task's span.
 *
 * Cost: three spans a task, if they are sampled. Nothing while it is disabled.
 *
 * @example
 * new NodeSDK({ instrumentations: [new ExecutorInstrumentation()] }).start();
 */
export class ExecutorInstrumentation {
  /** As OpenTelemetry asks of instrumentations. */
  readonly instrumentationName: string = NAME;
  /** As OpenTelemetry asks of instrumentations. */
  readonly instrumentationVersion: string = '';
  readonly #api: Api = requirePeer<Api>('@opentelemetry/api', 'run-in-executor/opentelemetry');
  readonly #submits = channel('run-in-executor:task:submit');
  readonly #current = new AsyncLocalStorage<Context>();
  readonly #contexts = new WeakMap<object, Context>();
  #config: ExecutorInstrumentationConfig;
  #tracer: Tracer = this.#api.trace.getTracer(NAME);
  #metrics: TaskMetrics | undefined;
  #enabled = false;

  constructor(config: ExecutorInstrumentationConfig = {}) {
    this.#config = config;
    if (config.enabled !== false) this.enable();
  }

  /** Listens from now on. */
  enable(): void {
    if (this.#enabled) return;
    this.#enabled = true;
    this.#metrics ??= new TaskMetrics(this.#api.metrics.getMeter(NAME), this.#config.maxTaskNames ?? TASK_NAMES);
    this.#metrics.start();
    this.#submits.bindStore(this.#current, (message) => this.#submitted(message as TaskMessage));
    subscribe('run-in-executor:task:context', this.#followed);
    subscribe('run-in-executor:task:end', this.#ended);
  }

  /** Listens no more. */
  disable(): void {
    if (!this.#enabled) return;
    this.#enabled = false;
    this.#metrics?.stop();
    this.#submits.unbindStore(this.#current);
    unsubscribe('run-in-executor:task:context', this.#followed);
    unsubscribe('run-in-executor:task:end', this.#ended);
  }

  /** Spans go there. Default: the global provider. */
  setTracerProvider(provider: TracerProvider): void {
    this.#tracer = provider.getTracer(NAME);
  }

  /** Metrics go there. Default: the global provider. */
  setMeterProvider(provider: MeterProvider): void {
    this.#metrics?.stop();
    this.#metrics = new TaskMetrics(provider.getMeter(NAME), this.#config.maxTaskNames ?? TASK_NAMES);
    if (this.#enabled) this.#metrics.start();
  }

  /** Replaces the options; `enabled` counts at construction only. */
  setConfig(config: ExecutorInstrumentationConfig): void {
    this.#config = config;
  }

  /** The options. */
  getConfig(): ExecutorInstrumentationConfig {
    return this.#config;
  }

  /** In the context of the call. What it returns is current while the call is read. */
  #submitted(message: TaskMessage): Context {
    const { trace, context } = this.#api;
    const attributes = { 'run_in_executor.executor.name': message.executor, 'run_in_executor.task.name': message.name };
    const span = this.#tracer.startSpan(message.name, { startTime: message.submittedAt, attributes }, context.active());
    const own = trace.setSpan(context.active(), span);
    this.#contexts.set(message, own);
    return own;
  }

  readonly #followed = (message: unknown): void => {
    const { context, propagation } = this.#api;
    const carrier: Record<string, string> = {};
    // The chunks of a map are read in one context, that of the map.
    propagation.inject(this.#current.getStore() ?? context.active(), carrier);
    if (Object.keys(carrier).length > 0) (message as ContextMessage).follow(remoteContext, carrier);
  };

  readonly #ended = (message: unknown): void => {
    const task = message as TaskMessage;
    this.#metrics?.ended(task);
    const own = this.#contexts.get(task);
    if (own === undefined) return;
    const { name, submittedAt, startedAt, endedAt = Date.now(), thread, outcome, error } = task;
    const waitedUntil = Math.max(submittedAt, startedAt ?? endedAt);
    const span = this.#api.trace.getSpan(own);
    this.#tracer.startSpan(`${name} wait`, { startTime: submittedAt }, own).end(waitedUntil);
    if (startedAt !== undefined) {
      const attributes = thread === undefined ? {} : { 'thread.id': thread };
      this.#tracer.startSpan(`${name} run`, { startTime: waitedUntil, attributes }, own).end(Math.max(waitedUntil, endedAt));
    }
    span?.setAttribute('run_in_executor.task.outcome', outcome ?? 'failed');
    if (outcome !== 'completed') {
      span?.setAttribute('error.type', errorType(error));
      span?.recordException(error instanceof Error ? error : String(error), endedAt);
      span?.setStatus({ code: this.#api.SpanStatusCode.ERROR, message: String((error as Error | undefined)?.message ?? error) });
    }
    span?.end(Math.max(waitedUntil, endedAt));
  };
}

/** Where a task arrives: its trace goes on. */
const arrivals = {
  getStore: () => undefined,
  run(carrier: Record<string, string>, task: () => unknown): unknown {
    const { context, propagation, ROOT_CONTEXT } = requirePeer<Api>('@opentelemetry/api', 'run-in-executor/opentelemetry');
    return context.with(propagation.extract(ROOT_CONTEXT, carrier), task);
  },
};

/** @internal Threads find what continues a trace by this name. */
export function remoteContext(): object {
  return arrivals;
}

ownExport(remoteContext, 'remoteContext', 'src/integrations/opentelemetry.js');
