/**
 * Executors in a Fastify application: at hand on the instance and on each request, drained when it closes.
 *
 *   register ─▶ fastify.executors.default ─▶ fastify.runInExecutor     until it closes
 *                           └──────────────▶ request.runInExecutor     until its client goes away
 *
 * @module
 */
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutorLike, ExecutorOptions, Run } from '../index.js';
import { givenOrNew } from './given-or-new.js';
import { RequestLife, ThreadEnds } from './request-life.js';

/**
 * The executors of an application, by their namespace. Your own are added to the type by declaration:
 * `declare module 'run-in-executor/fastify' { interface NamedExecutors { reports: ExecutorLike } }`.
 */
export interface NamedExecutors {
  /** The one that was registered without a namespace. */
  default: ExecutorLike;
}

/** An executor for one request: what it runs has the request's signal. */
export interface RequestExecutor {
  /** See `Run`. */
  readonly run: Run;
}

/** The executors of a scope, for one request. */
export type RequestExecutors = { readonly [Namespace in keyof NamedExecutors]: RequestExecutor };

/** What `register` takes: the options of an executor, or one that is there already. */
export interface ExecutorPluginOptions extends ExecutorOptions {
  /** One made elsewhere, in place of options for a new one. Whoever made it closes it. */
  executor?: ExecutorLike | undefined;
  /** What to find it by: `fastify.executors.reports`. Default: 'default', which `fastify.executor` and both `runInExecutor` mean. */
  namespace?: keyof NamedExecutors | undefined;
  /**
   * How many threads a minute may be ended because the client of their task has gone. Default 0: the task's signal aborts, and its thread
   * is free when it returns. The start of a thread costs 30 to 50 ms of a core, and clients leave in floods: beyond the number tasks run on.
   */
  endThreadsPerMinute?: number | undefined;
  /** What the `Retry-After` header says where the queue is full (503), in seconds. Default 1. */
  retryAfter?: number | undefined;
  /** ms that tasks have to end when the application closes; then they are terminated. Default 10,000. */
  drainTimeout?: number | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The executor of this scope. */
    readonly executor: ExecutorLike;
    /** The executors of this scope and those around it, by namespace. */
    readonly executors: NamedExecutors;
    /** Runs a function on a thread of this scope's executor, whatever becomes of the request. */
    readonly runInExecutor: Run;
  }
  interface FastifyRequest {
    /** The executors of the route's scope, by namespace, each bound to the life of the request. */
    readonly executors: RequestExecutors;
    /** As `fastify.runInExecutor`; when the client goes away, its tasks leave the queue, and those that run have their signal aborted. */
    readonly runInExecutor: Run;
  }
}

/** Shorter than the 30 s after which orchestrators kill, with time left for what else has to close. */
const DRAIN_TIMEOUT = 10_000;

const RETRY_AFTER = 1;

/**
 * Registers an executor for a scope and those inside it: `fastify.register(executorPlugin, { maxThreads: 4, maxQueue: 100 })`.
 *
 * @throws TypeError, RangeError (from `ready()`) for invalid options, and for a namespace that the scope has already.
 * @example
 * await fastify.register(executorPlugin, { maxQueue: 100 });
 * fastify.post('/render', (request) => request.runInExecutor(render, request.body));
 */
const executorPlugin: FastifyPluginAsync<ExecutorPluginOptions> = Object.assign(register, {
  // What fastify-plugin would say, without a package more to install: what is decorated here is there outside this plugin's own scope.
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'run-in-executor',
  [Symbol.for('plugin-meta')]: { name: 'run-in-executor', fastify: '5.x' },
});
// Fastify takes a module with a default export, too: `fastify.register(import('run-in-executor/fastify'))`.
export default executorPlugin;

async function register(fastify: FastifyInstance, options: ExecutorPluginOptions): Promise<void> {
  const { executor: given, namespace = 'default', endThreadsPerMinute = 0, retryAfter, drainTimeout = DRAIN_TIMEOUT, ...rest } = options;
  if (!fastify.hasRequestDecorator('runInExecutor')) decorate(fastify);
  const executors = ownExecutors(fastify);
  if (Object.hasOwn(executors, namespace)) {
    throw new TypeError(`Cannot register a second executor as '${namespace}' in one scope: give it a namespace of its own`);
  }
  const executor = givenOrNew(given, rest, namespace === 'default' ? undefined : namespace);
  executors[namespace] = executor;
  ends.set(executor, new ThreadEnds(endThreadsPerMinute, rest.defaults?.gracePeriod));
  if (retryAfter !== undefined) retries.set(executors, retryAfter);
  // By now all requests have their answers: what still runs was started by nobody's request, or left behind by its client.
  if (given === undefined) fastify.addHook('onClose', () => executor.close({ timeout: drainTimeout }));
}

/** Once for a scope and those inside it: getters find the executors of the scope that they are asked in. */
function decorate(fastify: FastifyInstance): void {
  fastify
    .decorate('executor', { getter: thisDefault })
    .decorate('runInExecutor', { getter: thisDefaultRun })
    .decorateRequest('executors', { getter: boundExecutors })
    .decorateRequest('runInExecutor', { getter: boundRun })
    // With `done`: of a promise for each request, most would be for nothing.
    .addHook('onRequest', (request, reply, done) => {
      replies.set(request, reply);
      done();
    })
    .addHook('onError', async (request, _reply, error) => answerBusy(request, error));
}

/** The scope's own, in front of those of the scopes around it. */
function ownExecutors(fastify: FastifyInstance): NamedExecutors {
  if (!Object.hasOwn(fastify, 'executors')) fastify.decorate('executors', Object.create(fastify.executors ?? null) as NamedExecutors);
  return fastify.executors;
}

function thisDefault(this: FastifyInstance): ExecutorLike {
  return this.executors.default;
}

function thisDefaultRun(this: FastifyInstance): Run {
  return this.executors.default.run;
}

function boundRun(this: FastifyRequest): Run {
  return bound(this, this.server.executors.default);
}

function boundExecutors(this: FastifyRequest): RequestExecutors {
  const executors: Record<string, RequestExecutor> = {};
  // Those of the scopes around it are inherited.
  for (const namespace in this.server.executors) {
    const executor = this.server.executors[namespace as keyof NamedExecutors];
    executors[namespace] = { run: bound(this, executor) };
  }
  return executors as RequestExecutors;
}

function bound(request: FastifyRequest, executor: ExecutorLike): Run {
  return lifeOf(request).bind(executor.run, ends.get(executor) as ThreadEnds);
}

function lifeOf(request: FastifyRequest): RequestLife {
  const known = lives.get(request);
  if (known !== undefined) return known;
  const life = new RequestLife(replies.get(request)?.raw);
  lives.set(request, life);
  return life;
}

/** Fastify's own error handler, and those of users that go by `statusCode`, answer with it. */
function answerBusy({ server }: FastifyRequest, error: FastifyError & { headers?: Record<string, string> }): void {
  if (error.code !== 'ERR_QUEUE_FULL' && error.code !== 'ERR_EXECUTOR_CLOSED') return;
  error.statusCode ??= 503;
  error.headers ??= { 'retry-after': String(retryAfterOf(server.executors)) };
}

function retryAfterOf(executors: NamedExecutors | null): number {
  if (executors === null) return RETRY_AFTER;
  return retries.get(executors) ?? retryAfterOf(Object.getPrototypeOf(executors));
}

const ends = new WeakMap<ExecutorLike, ThreadEnds>();
const retries = new WeakMap<NamedExecutors, number>();
const replies = new WeakMap<FastifyRequest, FastifyReply>();
const lives = new WeakMap<FastifyRequest, RequestLife>();
