/**
 * Hono, on Node: a request has a signal already, which aborts when its client goes away. (What its tasks then reject with is no Error,
 * but a text, and nobody is there to be told: it does not come to `onError`.)
 */
import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Executor, QueueFullError } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { askThrice } from './parts/impatient-clients.mjs';

const executor = new Executor({ maxThreads: 1, maxQueue: 1 });
const app = new Hono();

app.use(async (context, next) => {
  // Threads are left alone when a client goes: a flood of leaving clients would be one of starting threads.
  context.set('run', executor.run.with({ signal: context.req.raw.signal, gracePeriod: Number.POSITIVE_INFINITY }));
  await next();
});

app.get('/:seconds', async (context) => {
  const { run } = context.var;
  return context.text(`slept ${await run(sleeping, Number(context.req.param('seconds')))} s`);
});

app.onError((error, context) => {
  if (error instanceof QueueFullError) return context.text(error.code, 503, { 'Retry-After': '1' });
  return context.text('failed', 500);
});

await executor.warmUp(sleeping);
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
await once(server, 'listening');

// One runs, one waits, the third is too many; the one that waits goes away.
await askThrice(server);

// First the server, with the answers that it owes, then the executor.
server.close();
await executor.close({ timeout: 10_000 });
