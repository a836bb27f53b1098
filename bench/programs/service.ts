/**
 * A service as it would be written: `/work` costs 5 ms of processor time, on a thread; `/health` answers at once. Prints its port.
 *
 *   node service.js piscina
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { THREADS } from '../contestants.js';
import { peers } from '../peers/index.js';
import { work } from '../tasks.js';

const peer = peers.find(({ name }) => name === process.argv[2]);
if (peer === undefined) throw new Error(`There is no ${process.argv[2]}`);
const pool = await peer.open(THREADS);
const rounds = roundsFor(5);
// A service takes its first request when its threads are there: what starting costs, `start` measures.
await Promise.all(Array.from({ length: 4 * THREADS }, () => pool.run('work', rounds)));

const server = createServer((request, response) => {
  if (request.url !== '/work') response.end('ok');
  else pool.run('work', rounds).then((hash) => response.end(String(hash)));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());

/** How many rounds of `work` take so many ms here: the fastest of some tries, when nothing else was in the way. */
function roundsFor(milliseconds: number): number {
  const TRY = 1_000_000;
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    work(TRY);
    fastest = Math.min(fastest, performance.now() - start);
  }
  return Math.round((TRY * milliseconds) / fastest);
}
