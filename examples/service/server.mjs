/**
 * `npm run service`, from the root of the repository: starts the service, and stops it as an orchestrator would have it.
 *
 * PORT, DATABASE (a file), THREADS, OFFLOAD=no (the same work on the main thread, to see what it does to /health).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { application } from './application.mjs';

/** ms from "not ready" to the end: time for a load balancer to look at /ready, and to send its requests elsewhere. */
const noticeTime = Number(process.env.NOTICE ?? 1_000);

const app = await application({
  file: process.env.DATABASE ?? 'service.db',
  threads: process.env.THREADS && Number(process.env.THREADS),
  offload: process.env.OFFLOAD !== 'no',
});

process.once('SIGTERM', stop).once('SIGINT', stop);
console.log(`listening at ${await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })}`);

async function stop() {
  app.drain(); // 1. /ready says no, and answers close their connections
  await sleep(noticeTime); // 2. whoever sends requests has seen it
  await app.close(); // 3. no connection any more; the last answers; the last tasks; the threads close their databases
  console.log('stopped');
}
