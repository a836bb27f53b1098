/**
 * Express 5: a middleware binds the executor to each request, and an error handler says when it is busy.
 */
import { once } from 'node:events';
import express from 'express';
import { Executor, QueueFullError } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { askThrice } from './parts/impatient-clients.mjs';
import { say } from './parts/timeline.mjs';

const executor = new Executor({ maxThreads: 1, maxQueue: 1 });
const app = express();

app.use((request, response, next) => {
  const gone = new AbortController();
  response.once('close', () => response.writableEnded || gone.abort(new Error('the client has gone')));
  // Threads are left alone when a client goes: a flood of leaving clients would be one of starting threads.
  request.runInExecutor = executor.run.with({ signal: gone.signal, gracePeriod: Number.POSITIVE_INFINITY });
  next();
});

// A promise that rejects goes to the error handler: new in Express 5.
app.get('/:seconds', async (request, response) => {
  response.send(`slept ${await request.runInExecutor(sleeping, Number(request.params.seconds))} s`);
});

app.use((error, request, response, next) => {
  if (request.destroyed) say('main', `dropped: ${error.message}`);
  else if (error instanceof QueueFullError) response.status(503).set('Retry-After', '1').send(error.code);
  else next(error);
});

await executor.warmUp(sleeping);
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');

// One runs, one waits, the third is too many; the one that waits goes away.
await askThrice(server);

// First the server, with the answers that it owes, then the executor.
server.close();
await executor.close({ timeout: 10_000 });
