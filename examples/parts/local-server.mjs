import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { second } from './timeline.mjs';

/** A server on this machine that answers each request after `seconds()`, and counts how many it has before it at once. */
export async function localServer(seconds) {
  const counts = { now: 0, most: 0, all: 0 };
  const server = createServer(async (request, response) => {
    counts.all++;
    counts.most = Math.max(counts.most, ++counts.now);
    await sleep(seconds() * second);
    counts.now--;
    response.end(`the body of ${request.url}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, counts, close };
}

/** A whole number from 1 to 3. */
export function oneToThree() {
  return 1 + Math.floor(Math.random() * 3);
}
