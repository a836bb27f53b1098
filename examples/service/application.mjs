/**
 * The routes. What blocks is in work.mjs, and runs on threads.
 */
import Fastify from 'fastify';
import { Executor } from 'run-in-executor';
import executorPlugin from 'run-in-executor/fastify';
import { readiness } from 'run-in-executor/health';
import { closeDatabase, createDatabase, openDatabase } from './database.mjs';
import { chapter, handbook, search, signIn, signUp } from './work.mjs';

export async function application({ file, threads, offload = true }) {
  createDatabase(file);
  const executor = new Executor({
    name: 'service',
    ...(threads && { maxThreads: threads, minThreads: threads }),
    maxQueue: 64,
    defaults: { timeout: 10_000 },
    // Each thread opens the database once, and closes it when it is let go.
    initializer: openDatabase,
    initializerArgs: [file],
    finalizer: closeDatabase,
  });
  if (offload) await executor.warmUp(handbook, chapter, search, signIn, signUp);
  else openDatabase(file);
  // To compare: the same functions, called as they would be without threads.
  const direct = async (fn, ...args) => fn(...args);

  // Requests that come while it closes, on connections that are open, get their answer as well.
  const app = Fastify({ return503OnClosing: false });
  await app.register(executorPlugin, { executor });
  app.addHook('onClose', () => executor.close({ timeout: 10_000 }));

  let draining = false;
  app.decorate('drain', () => {
    draining = true;
  });
  app.addHook('onRequest', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });

  app.get('/health', async () => ({ ok: true }));

  app.get('/ready', async (_request, reply) => {
    const { ready, reasons } = readiness(executor, { maxQueued: 48 });
    if (draining) reasons.push('the service is stopping');
    return reply.status(ready && !draining ? 200 : 503).send({ ready: ready && !draining, reasons });
  });

  app.get('/stats', async () => executor.stats());

  app.get('/handbook', async (request, reply) => {
    const run = offload ? request.runInExecutor : direct;
    const body = await run(handbook);
    return reply.type('text/html').header('content-encoding', 'gzip').send(body);
  });

  app.get('/handbook/:name', async (request, reply) => {
    const html = await request.runInExecutor(chapter, request.params.name);
    return html === undefined ? reply.callNotFound() : reply.type('text/html').send(html);
  });

  app.get('/search', (request) => request.runInExecutor(search, request.query.q ?? ''));

  // To its end, whether or not the client waits for it: what is half signed up helps nobody.
  app.post('/users', async ({ body }, reply) => {
    const created = await app.runInExecutor(signUp, body.name, body.password);
    return reply.status(created ? 201 : 409).send({ name: body.name });
  });

  app.post('/sessions', async ({ body, runInExecutor }, reply) => {
    const known = await runInExecutor(signIn, body.name, body.password);
    return reply.status(known ? 200 : 401).send({ name: body.name });
  });

  return app;
}
