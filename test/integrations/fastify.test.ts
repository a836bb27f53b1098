import { type ClientRequest, get } from 'node:http';
import { connect, constants } from 'node:http2';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { currentThread, Executor, type ExecutorLike, InlineExecutor, sleepSync } from 'run-in-executor';
import executorPlugin from 'run-in-executor/fastify';
import { afterEach, describe, expect, test } from 'vitest';

declare module 'run-in-executor/fastify' {
  interface NamedExecutors {
    reports: ExecutorLike;
  }
}

const open: FastifyInstance[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((fastify) => fastify.close()));
});

function application(): FastifyInstance {
  const fastify = Fastify({ forceCloseConnections: true });
  open.push(fastify);
  return fastify;
}

describe('the plugin', () => {
  test('runs functions on threads, from the instance and from a request', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1, name: 'pool' });
    fastify.get('/', async (request) => [
      await fastify.runInExecutor(whereAmI),
      await request.runInExecutor(whereAmI),
      await request.runInExecutor.with({ name: 'labelled' })(whereAmI),
    ]);
    expect((await fastify.inject('/')).json()).toEqual(['pool', 'pool', 'pool']);
  });

  test('takes an executor that is there already, and leaves it open', async () => {
    await using executor = new Executor({ name: 'mine' });
    const fastify = application();
    await fastify.register(executorPlugin, { executor });
    fastify.get('/', (request) => request.runInExecutor(whereAmI));
    expect(fastify.executor).toBe(executor);
    expect((await fastify.inject('/')).body).toBe('mine');
    await fastify.close();
    expect(executor.closed).toBe(false);
  });

  test('takes an InlineExecutor, for unit tests of routes', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { executor: new InlineExecutor({ name: 'inline' }) });
    fastify.get('/', (request) => request.runInExecutor(whereAmI));
    expect((await fastify.inject('/')).body).toBe('inline');
  });

  test('finishes what was taken before it closes', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1 });
    await fastify.ready();
    const tasks = [1, 2, 3].map((n) => fastify.runInExecutor(Math.abs, -n));
    const { executor } = fastify;
    await fastify.close();
    expect(executor.closed).toBe(true);
    expect(await Promise.all(tasks)).toEqual([1, 2, 3]);
  });

  test('terminates what does not end within drainTimeout', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1, drainTimeout: 20 });
    await fastify.ready();
    const endless = fastify.runInExecutor(sleepSync, 60_000);
    const caught = expect(endless).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
    await fastify.close();
    await caught;
  });

  test('refuses options that are none, with the names of those that there are', async () => {
    const fastify = Fastify();
    fastify.register(executorPlugin, { maxThread: 4 } as object);
    await expect(async () => fastify.ready()).rejects.toThrow('Executor has no option maxThread: it takes maxThreads');
    const another = Fastify();
    another.register(executorPlugin, { endThreadsPerMinute: -1 });
    await expect(async () => another.ready()).rejects.toThrow('endThreadsPerMinute takes a number, 0 or more');
    const both = Fastify();
    both.register(executorPlugin, { executor: new InlineExecutor(), maxThreads: 1 });
    await expect(async () => both.ready()).rejects.toThrow('Cannot take an executor and options for a new one: received maxThreads');
  });
});

describe('a full queue', () => {
  const full = async (fastify: FastifyInstance, options: object = {}) => {
    await fastify.register(executorPlugin, { maxThreads: 1, maxQueue: 0, ...options });
    fastify.get('/', (request) => request.runInExecutor(whereAmI));
    await fastify.ready();
    const words = gate();
    const running = fastify.runInExecutor(waitAt, words);
    const response = await fastify.inject('/');
    lift(words);
    await running;
    return response;
  };

  test('is a 503 that says when to come again', async () => {
    const { statusCode, headers } = await full(application());
    expect({ statusCode, again: headers['retry-after'] }).toEqual({ statusCode: 503, again: '1' });
    expect((await full(application(), { retryAfter: 30 })).headers['retry-after']).toBe('30');
  });

  test('and an executor that was closed are answered alike', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1 });
    fastify.get('/', (request) => request.runInExecutor(whereAmI));
    await fastify.ready();
    await fastify.executor.close();
    const { statusCode, headers } = await fastify.inject('/');
    expect({ statusCode, again: headers['retry-after'] }).toEqual({ statusCode: 503, again: '1' });
  });

  test('reaches an error handler of the application with that status', async () => {
    const fastify = application();
    fastify.setErrorHandler((error: { statusCode: number; code: string }, _request, reply) => {
      reply.status(error.statusCode).send({ said: error.code });
    });
    const response = await full(fastify);
    expect({ status: response.statusCode, ...response.json() }).toEqual({ status: 503, said: 'ERR_QUEUE_FULL' });
  });

  test('leaves the errors of tasks alone', async () => {
    const fastify = application();
    await fastify.register(executorPlugin);
    fastify.get('/', (request) =>
      request.runInExecutor(() => {
        throw Object.assign(new Error('teapot'), { statusCode: 418 });
      }),
    );
    const { statusCode, headers } = await fastify.inject('/');
    expect({ statusCode, again: headers['retry-after'] }).toEqual({ statusCode: 418, again: undefined });
  });
});

describe('scopes', () => {
  test('have executors by namespace', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1, name: 'pool' });
    await fastify.register(executorPlugin, { maxThreads: 1, namespace: 'reports' });
    fastify.get('/', async (request) => [
      await fastify.executors.reports.run(whereAmI),
      await request.executors.reports.run(whereAmI),
      await request.executors.default.run(whereAmI),
    ]);
    expect((await fastify.inject('/')).json()).toEqual(['reports', 'reports', 'pool']);
  });

  test('have their own, and those of the scopes around them, and none of their neighbours', async () => {
    const fastify = application();
    const answer = async (request: FastifyRequest) => [
      await request.server.runInExecutor(whereAmI),
      await request.runInExecutor(whereAmI),
      Object.keys(request.executors).sort().join(),
    ];
    await fastify.register(executorPlugin, { maxThreads: 1, name: 'outer' });
    fastify.get('/', answer);
    await fastify.register(async (inner) => {
      await inner.register(executorPlugin, { maxThreads: 1, name: 'inner' });
      await inner.register(executorPlugin, { maxThreads: 1, namespace: 'reports' });
      inner.get('/inner', answer);
    });
    await fastify.register(async (neighbour) => {
      neighbour.get('/neighbour', answer);
    });
    expect((await fastify.inject('/')).json()).toEqual(['outer', 'outer', 'default']);
    expect((await fastify.inject('/inner')).json()).toEqual(['inner', 'inner', 'default,reports']);
    expect((await fastify.inject('/neighbour')).json()).toEqual(['outer', 'outer', 'default']);
  });

  test('have nothing where nothing was registered', async () => {
    const fastify = application();
    await fastify.register(async (inner) => {
      await inner.register(executorPlugin, { maxThreads: 1 });
    });
    await fastify.ready();
    expect([fastify.hasDecorator('executor'), fastify.hasRequestDecorator('runInExecutor')]).toEqual([false, false]);
  });

  test('refuse a second executor of one namespace', async () => {
    const fastify = Fastify();
    fastify.register(executorPlugin, { maxThreads: 1 });
    fastify.register(executorPlugin, { maxThreads: 2 });
    await expect(async () => fastify.ready()).rejects.toThrow("Cannot register a second executor as 'default' in one scope");
  });
});

describe('a client that goes away', () => {
  test('takes its waiting task out of the queue: it never starts', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1 });
    const words = gate();
    fastify.get('/', (request) => request.runInExecutor(countAndWait, words));
    const url = await listening(fastify);
    const running = fastify.runInExecutor(countAndWait, words);
    await expect.poll(() => words[1]).toBe(1);
    const client = ask(url);
    await expect.poll(() => fastify.executor.stats().queued).toBe(1);
    client.destroy();
    await expect.poll(() => fastify.executor.stats().cancelled).toBe(1);
    lift(words);
    await running;
    await fastify.close();
    expect(words[1]).toBe(1);
  });

  test('aborts the signal of its running task, and the thread lives on', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1 });
    fastify.get('/', (request) => request.runInExecutor(untilAborted, words));
    const words = gate();
    const url = await listening(fastify);
    const thread = await fastify.runInExecutor(threadId);
    const client = ask(url);
    await expect.poll(() => words[1]).toBe(1);
    client.destroy();
    await expect.poll(() => words[2]).toBe(1);
    expect(await fastify.runInExecutor(threadId)).toBe(thread);
  });

  test('is noticed over HTTP/2 as well', async () => {
    const fastify = Fastify({ http2: true });
    await fastify.register(executorPlugin, { maxThreads: 1 });
    fastify.get('/', (request) => request.runInExecutor(untilAborted, words));
    const words = gate();
    await fastify.listen({ port: 0, host: '127.0.0.1' });
    const session = connect(`http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}`);
    const stream = session.request({ ':path': '/' });
    await expect.poll(() => words[1]).toBe(1);
    stream.close(constants.NGHTTP2_CANCEL);
    await expect.poll(() => words[2]).toBe(1);
    session.close();
    await fastify.close();
  });

  test('ends threads where that was asked for, and no more a minute than was said', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 2, endThreadsPerMinute: 1 });
    const words = gate();
    fastify.get('/', (request) => request.runInExecutor(countAndWait, words));
    const url = await listening(fastify);
    const clients = [ask(url), ask(url)];
    await expect.poll(() => words[1]).toBe(2);
    for (const client of clients) client.destroy();
    await expect.poll(() => fastify.executor.stats()).toMatchObject({ cancelled: 2, threads: { busy: 1 } });
    lift(words);
    await fastify.close();
    expect(words[2], 'one of both came to its end').toBe(1);
  });

  test('has no part in the time-outs and signals of the call itself', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1, defaults: { timeout: 20 } });
    const mine = AbortSignal.abort(new Error('mine'));
    fastify.get('/late', (request) => request.runInExecutor(sleepSync, 60_000));
    fastify.get('/own', (request) => request.runInExecutor.with({ signal: mine })(whereAmI));
    expect((await fastify.inject('/late')).json()).toMatchObject({ code: 'ERR_TASK_TIMEOUT' });
    expect((await fastify.inject('/own')).json()).toMatchObject({ message: 'mine' });
    await expect.poll(() => fastify.executor.stats().threads.busy, { message: 'its thread was ended' }).toBe(0);
  });

  test('is heard beside a signal of the call', async () => {
    const fastify = application();
    await fastify.register(executorPlugin, { maxThreads: 1 });
    const words = gate();
    const mine = new AbortController();
    fastify.get('/', (request) => request.runInExecutor.with({ timeout: 60_000 }).with({ signal: mine.signal })(untilAborted, words));
    const client = ask(await listening(fastify));
    await expect.poll(() => words[1]).toBe(1);
    client.destroy();
    await expect.poll(() => words[2]).toBe(1);
  });
});

async function listening(fastify: FastifyInstance): Promise<string> {
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}/`;
}

function ask(url: string): ClientRequest {
  return get(url).on('error', () => undefined);
}

/** [lifted, started, ended] */
function gate(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(12));
}

function lift(words: Int32Array): void {
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
}

function waitAt(words: Int32Array): void {
  Atomics.wait(words, 0, 0);
}

function countAndWait(words: Int32Array): void {
  Atomics.add(words, 1, 1);
  Atomics.wait(words, 0, 0);
  Atomics.add(words, 2, 1);
}

async function untilAborted(words: Int32Array): Promise<void> {
  const signal = currentThread()?.signal as AbortSignal;
  Atomics.add(words, 1, 1);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  Atomics.add(words, 2, 1);
}

function whereAmI(): string | undefined {
  return currentThread()?.executor;
}

function threadId(): number | undefined {
  return currentThread()?.id;
}
