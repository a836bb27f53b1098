/**
 * One limit over several functions. Four chains, each `f1` then `f2`, start at once; over both functions together never more than
 * three calls are in flight, and one that ends lets in the call that has waited longest.
 *
 * `ConcurrencyLimit` knows nothing of threads: HTTP is asynchronous in Node, so these calls need a limit, and no executor.
 */
import { ConcurrencyLimit } from 'run-in-executor';
import { localServer, oneToThree } from './parts/local-server.mjs';
import { say } from './parts/timeline.mjs';

const server = await localServer(oneToThree);
const limit = new ConcurrencyLimit(3);

const f1 = limit.wrap(async function f1(n) {
  say('main', `start f1(${n})`);
  await fetch(`${server.url}/f1/${n}`).then((response) => response.text());
  say('main', `end   f1(${n})`);
});

const f2 = limit.wrap(async function f2(n) {
  say('main', `start f2(${n})`);
  await fetch(`${server.url}/f2/${n}`).then((response) => response.text());
  say('main', `end   f2(${n})`);
});

await Promise.all([0, 1, 2, 3].map((n) => f1(n).then(() => f2(n))));

say('main', `${f1.name} and ${f2.name}: ${server.counts.all} calls, at most ${server.counts.most} at once`);
server.close();
