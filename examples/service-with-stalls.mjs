/**
 * A service that stalls: among ordinary routes there are three whose work blocks the event loop. Which ones?
 *
 *   npx run-in-executor find -- node examples/service-with-stalls.mjs
 *
 * A thread beside it puts load on it, and another works on something else, which holds up nobody.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
import { passwordHash } from './parts/stalls/accounts.mjs';
import { thumbnail } from './parts/stalls/images.mjs';
import { orders, summaryOf } from './parts/stalls/orders.mjs';
import { priceList } from './parts/stalls/prices.mjs';

/** How many times each route is asked for: `ROUNDS=20` for a longer look. */
const rounds = Number(process.env.ROUNDS ?? 4);

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/health') return response.end('ok');
  if (pathname === '/orders') return response.end(JSON.stringify(orders.slice(0, 20)));
  if (pathname === '/summary') return response.end(JSON.stringify(summaryOf(orders)));
  if (pathname === '/login') return response.end(passwordHash('correct horse', 'salt'));
  if (pathname === '/prices') return response.end(await listed(orders));
  if (pathname === '/thumbnail') return response.end(thumbnail('a photo of the sea'));
  response.writeHead(404).end();
});

async function listed(rows) {
  await new Promise((resolve) => setTimeout(resolve, 2));
  return priceList(rows, { currency: 'EUR' });
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const refreshing = setInterval(() => summaryOf(orders.slice(0, 100)), 20);

const routes = ['/health', '/orders', '/prices', '/summary', '/login', '/health', '/thumbnail', '/nowhere'];
const visitor = new Worker(new URL('./parts/stalls/visitor.mjs', import.meta.url), {
  workerData: { origin: `http://127.0.0.1:${server.address().port}`, routes, rounds },
});
visitor.on('message', (line) => console.log(line));
await once(visitor, 'exit');

clearInterval(refreshing);
server.close();
server.closeAllConnections();
