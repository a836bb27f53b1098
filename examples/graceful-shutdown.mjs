/**
 * A service that is told to stop: it finishes what it has taken, refuses what comes after, and ends by itself.
 * The program sends the requests, and then the signal, to itself.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Executor } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { say, second } from './parts/timeline.mjs';

const executor = new Executor({ maxThreads: 2 });
await executor.warmUp(sleeping);

const server = createServer(async (request, response) => {
  const slept = await executor.run(sleeping, Number(request.url.slice(1)));
  response.end(`slept ${slept} s`);
});

process.once('SIGTERM', async () => {
  say('main', `SIGTERM: ${executor.stats().running} running, ${executor.stats().queued} waiting`);
  server.close();
  await executor.close({ timeout: 30 * second });
  await executor.run(sleeping, 1).catch((error) => say('main', `after close: ${error.code}`));
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();

const answers = [1, 2, 1, 2].map(async (seconds) => {
  const response = await fetch(`http://127.0.0.1:${port}/${seconds}`, { headers: { connection: 'close' } });
  say('main', `answered: ${await response.text()}`);
});
await sleep(second / 2);
process.kill(process.pid, 'SIGTERM');
await Promise.all(answers);
