/**
 * A service whose work blocks, and what it says when it cannot keep up:
 * 503 when too many wait, 504 when the work takes too long, and no work at all for a client that has gone.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Executor, QueueFullError, TaskTimeoutError } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { ask } from './parts/impatient-clients.mjs';
import { countTicks, say, second } from './parts/timeline.mjs';

const executor = new Executor({ maxThreads: 2, maxQueue: 2, defaults: { timeout: 4 * second } });
await executor.warmUp(sleeping);

const server = createServer(async (request, response) => {
  const gone = new AbortController();
  response.once('close', () => response.writableEnded || gone.abort(new Error('the client has gone')));
  try {
    const slept = await executor.run.with({ signal: gone.signal, gracePeriod })(sleeping, Number(request.url.slice(1)));
    response.end(`slept ${slept} s`);
  } catch (error) {
    if (gone.signal.aborted) say('main', `dropped: ${error.message}`);
    else response.writeHead(statusOf(error), { 'Retry-After': '1' }).end(error.code);
  }
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const ticks = countTicks();

// Two run, two wait, the fifth is too many; one of those that wait goes away.
const impatient = new AbortController();
const answers = [];
for (const [seconds, signal] of [[2], [60], [3], [3, impatient.signal], [1]]) {
  answers.push(ask(server, seconds, signal));
  await once(server, 'request');
}
setTimeout(() => impatient.abort(), second);
await Promise.all(answers);

say('main', `${ticks()} ticks of the event loop meanwhile`);
server.close();
await executor.close();

/** A time-out ends the thread at once. It is left alone when a client goes: a flood of leaving clients would be one of starting threads. */
function gracePeriod(reason) {
  return reason instanceof TaskTimeoutError ? 0 : Number.POSITIVE_INFINITY;
}

function statusOf(error) {
  if (error instanceof QueueFullError) return 503;
  if (error instanceof TaskTimeoutError) return 504;
  return 500;
}
