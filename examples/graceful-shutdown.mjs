/**
 * A service that is told to stop: it finishes what it has taken, refuses what comes after, and ends by itself.
 * The program sends the requests, and then the signal, to itself.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Executor } from 'run-in-executor';
import { sleeping } from './parts/blocking.mjs';
import { say, second } from './parts/timeline.mjs';

const executor = new Executor({ maxThreads: 2 });
await executor.warmUp(sleeping);

let taken = 0;
let answered = 0;
const server = createServer(async (request, response) => {
  taken++;
  const slept = await executor.run(sleeping, Number(request.url.slice(1)));
  response.end(`slept ${slept} s`);
  answered++;
});

process.once('SIGTERM', async () => {
  say('main', `SIGTERM: ${taken} requests taken, ${answered} answered`);
  server.close();
  await executor.close({ timeout: 30 * second });
  await executor.run(sleeping, 1).catch((error) => say('main', `after close: ${error.code}`));
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();

const requests = [1, 2, 1, 2].map(async (seconds) => {
  const response = await fetch(`http://127.0.0.1:${port}/${seconds}`, { headers: { connection: 'close' } });
  say('main', `answered: ${await response.text()}`);
});
while (taken < requests.length) await once(server, 'request');
process.kill(process.pid, 'SIGTERM');
await Promise.all(requests);
